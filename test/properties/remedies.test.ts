import { expect, it } from 'vitest'
import { properties } from '../../src/properties/properties.ts'
import { remedyOf } from '../../src/properties/remedies/remedy-of.ts'

it('has one sentence for each property of the catalogue, short enough for two lines of a terminal', () => {
  for (const { id, name } of properties.all) {
    expect(remedyOf(name), id).toMatch(/^Usually [^:]+: .{10,}\.$/)
    expect(remedyOf(name)?.length, id).toBeLessThanOrEqual(180)
  }
})

it('does not rely on idempotency keys alone where an effect may have happened: a service may ignore them', () => {
  for (const name of ['effects.at-most-once', 'retry.unknown-end', 'timeout.blind-repetition']) {
    expect(remedyOf(name), name).toMatch(/look up .*; .* (where the service|to a service that) honours keys\.$/)
  }
})

it('has none for a property of a project', () => {
  expect(remedyOf('our.own')).toBe(null)
  expect(remedyOf('constructor')).toBe(null)
})
