import { describe, expect, it } from 'vitest'
import { properties, propertyById } from '../../src/properties/properties.ts'

describe('the groups of properties', () => {
  it('hold every property once, in the order of the families', () => {
    expect(properties.all.map(({ id }) => id)).toEqual('L1 L2 L3 L4 L8 R1 R2 R3 R4 R5 P1 P2 P3 P4 L11'.split(' '))
    expect(new Set(properties.all.map(({ name }) => name)).size).toBe(properties.all.length)
  })

  it('find a property by its id', () => {
    for (const property of properties.all) expect(propertyById(property.id)).toBe(property)
    expect(propertyById('R99')).toBeUndefined()
    expect(propertyById('constructor')).toBeUndefined()
  })
})
