import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/agent/tools/canonical-json.ts'

describe('canonical JSON', () => {
  it('is the same for objects that differ in the order of their keys only', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}')
  })

  it('keeps the order of lists', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]))
  })
})
