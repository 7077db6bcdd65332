import { expect, it } from 'vitest'
import { properties } from '../../src/properties/properties.ts'
import { remedyOf } from '../../src/properties/remedies/remedy-of.ts'

it('has one sentence for each property of the catalogue, short enough for two lines of a terminal', () => {
  for (const { id, name } of properties.all) {
    expect(remedyOf(name), id).toMatch(/^Usually [^:]+: .{10,}\.$/)
    expect(remedyOf(name)?.length, id).toBeLessThanOrEqual(180)
  }
})

it('has none for a property of a project', () => {
  expect(remedyOf('our.own')).toBe(null)
  expect(remedyOf('constructor')).toBe(null)
})
