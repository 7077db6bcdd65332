import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg, holm } from '../../src/statistics/adjusted-p-values.ts'
import { eBenjaminiHochberg, meanEValue } from '../../src/statistics/combine-e-values.ts'

const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })

describe('p-values of many tests', () => {
  it('have the reference adjustments, at their places', () => {
    const given = [0.03, 0.01, 0.05, 0.02, 0.04]
    for (const [place, expected] of [0.09, 0.05, 0.09, 0.08, 0.09].entries()) {
      expect(holm(given)[place]).toBeCloseTo(expected, 12)
    }
    for (const adjusted of benjaminiHochberg(given)) expect(adjusted).toBeCloseTo(0.05, 12)
  })

  it('are only ever raised, in order, by Holm at least as much as by Benjamini and Hochberg', () => {
    fc.assert(
      fc.property(values, (given) => {
        const [forGates, forSearch] = [holm(given), benjaminiHochberg(given)]
        for (const [place, value] of given.entries()) {
          expect(forSearch[place]).toBeGreaterThanOrEqual(value)
          expect(forGates[place]).toBeGreaterThanOrEqual((forSearch[place] ?? 2) - 1e-12)
          expect(forGates[place]).toBeLessThanOrEqual(1)
          for (const [other, compared] of given.entries()) {
            if (value < compared) expect(forGates[place]).toBeLessThanOrEqual(forGates[other] ?? 0)
          }
        }
      }),
    )
  })

  it('are left alone when there is one, and none gives none', () => {
    expect(holm([0.04])).toEqual([0.04])
    expect(benjaminiHochberg([])).toEqual([])
    expect(() => holm([0.5, Number.NaN])).toThrow('A p-value is NaN')
  })
})

describe('e-values of many tests', () => {
  it('are averaged, which one huge value survives', () => {
    expect(meanEValue([0, 1, 200])).toBeCloseTo(67, 12)
    expect(() => meanEValue([])).toThrow('give at least one')
    expect(() => meanEValue([-1])).toThrow('An e-value is -1')
  })

  it('are called out from the largest down, as long as the number of them carries the smallest', () => {
    // Of four at 0.1: one needs 40, two need 20 each, three 13.4 and four 10.
    expect(eBenjaminiHochberg([5, 20, 39, 1], 0.1)).toEqual([false, true, true, false])
    expect(eBenjaminiHochberg([5, 19, 39, 1], 0.1)).toEqual([false, false, false, false])
    expect(eBenjaminiHochberg([10, 10, 10, 10], 0.1)).toEqual([true, true, true, true])
    expect(eBenjaminiHochberg([], 0.1)).toEqual([])
    expect(eBenjaminiHochberg([Number.POSITIVE_INFINITY, 0], 0.1)).toEqual([true, false])
  })
})
