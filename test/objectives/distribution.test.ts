import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentsOf, percentileOf } from '../../src/objectives/distribution.ts'

const values = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 300 })

function countsOf(list: readonly number[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(list, String)].map(([value, same]) => [value, same.length]))
}

describe('percentileOf', () => {
  it('is the nearest rank of the sorted values', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const rank = Math.ceil((list.length * percent) / 100)
        expect(percentileOf(countsOf(list), percent / 100)).toBe(list.toSorted((a, b) => a - b)[rank - 1])
      }),
    )
  })

  it('is null where it falls on what never ended', () => {
    expect(percentileOf({ 10: 98 }, 0.99, 2)).toBeNull()
    expect(percentileOf({ 10: 99 }, 0.99, 1)).toBe(10)
    expect(percentileOf({}, 0.5)).toBeNull()
  })
})

describe('momentsOf', () => {
  it('is mean and sample variance of the values', () => {
    expect(momentsOf({ 2: 2, 4: 2 })).toEqual({ mean: 3, variance: 4 / 3 })
    expect(momentsOf({ 7: 1 })).toEqual({ mean: 7, variance: 0 })
    expect(momentsOf({})).toBeNull()
  })
})
