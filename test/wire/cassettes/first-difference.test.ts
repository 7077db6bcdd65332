import * as fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import type { Json } from '../../../src/contract/json.ts'
import { firstDifference, without } from '../../../src/wire/cassettes/first-difference.ts'

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as Json)

it('there is a difference exactly where two values are not equal', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(firstDifference(one, other) === null).toBe(isDeepStrictEqual(one, other))
      expect(firstDifference(one, structuredClone(one))).toBe(null)
    }),
  )
})

it('a change deep inside is named by its place, with what stood and stands there', () => {
  const place = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(3)), { minLength: 1, maxLength: 5 })
  const nested = (keys: readonly (string | number)[], leaf: Json): Json =>
    keys.reduceRight<Json>(
      (inner, key) => (typeof key === 'string' ? { [key]: inner } : [...Array<Json>(key).fill(null), inner]),
      leaf,
    )
  fc.assert(
    fc.property(place, (keys) => {
      const words = keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`))
      expect(firstDifference(nested(keys, 1), nested(keys, 2))).toEqual({ at: words.join(''), recorded: 1, sent: 2 })
    }),
  )
})

it('what may differ is left out, and nothing else', () => {
  const request = { metadata: { trace: 'x', user: 'y' }, model: 'm', messages: [{ trace: 'kept' }] }
  expect(without(request, ['metadata.trace', 'absent.place', 'messages.trace'])).toEqual({
    metadata: { user: 'y' },
    model: 'm',
    messages: [{ trace: 'kept' }],
  })
  expect(without('text', ['metadata'])).toBe('text')
})
