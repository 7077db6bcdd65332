import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { properties } from '../../src/properties/properties.ts'
import { comparePropertyIds, propertyFamily } from '../../src/report/property-family.ts'

it('orders properties by family, then by number, and puts those of a project last', () => {
  expect(['own', 'R10', 'X1', 'P1', 'L11', 'R4', 'L2'].toSorted(comparePropertyIds)).toEqual([
    'L2',
    'L11',
    'R4',
    'R10',
    'P1',
    'X1',
    'own',
  ])
})

it('gives the same order whatever came first', () => {
  const ids = fc.uniqueArray(fc.oneof(fc.stringMatching(/^[A-Z]{1,2}\d{1,3}$/), fc.string()))
  fc.assert(
    fc.property(ids, (found) => {
      expect(found.toReversed().toSorted(comparePropertyIds)).toEqual(found.toSorted(comparePropertyIds))
    }),
  )
})

it('has a title for the family of every property there is', () => {
  for (const { id } of properties.all) expect(propertyFamily(id).title).not.toMatch(/^Family|^Of this/)
  expect(propertyFamily('X1').title).toBe('Family X')
  expect(propertyFamily('no-sorry').title).toBe('Of this project')
})
