import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquareTail } from '../../src/statistics/chi-square.ts'

describe('the tail of the chi-square distribution', () => {
  it('has the critical values of the printed tables', () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.4.
    const table = [
      [1, 0.05, 3.841],
      [1, 0.001, 10.828],
      [2, 0.01, 9.21],
      [5, 0.1, 9.236],
      [10, 0.05, 18.307],
      [19, 0.001, 43.82],
      [30, 0.025, 46.979],
      [100, 0.001, 149.449],
    ] as const
    for (const [degrees, tail, critical] of table) {
      expect(Math.abs(chiSquareTail(critical, degrees) / tail - 1), `${degrees} degrees`).toBeLessThan(4e-4)
    }
  })

  it('is e^(−x/2) at two degrees, and (1 + x/2) e^(−x/2) at four', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 200, noNaN: true }), (x) => {
        expect(chiSquareTail(x, 2)).toBeCloseTo(Math.exp(-x / 2), 12)
        expect(chiSquareTail(x, 4)).toBeCloseTo((1 + x / 2) * Math.exp(-x / 2), 12)
      }),
    )
  })

  it('follows Q(k+2) = Q(k) + (x/2)^(k/2) e^(−x/2) / Γ(k/2+1), here for whole k/2', () => {
    const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0.01, max: 150, noNaN: true }), (half, x) => {
        const step = ((x / 2) ** half * Math.exp(-x / 2)) / factorial(half)
        expect(chiSquareTail(x, 2 * half + 2)).toBeCloseTo(chiSquareTail(x, 2 * half) + step, 11)
      }),
    )
  })

  it('falls with the value, from one to nothing, and rises with the degrees', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.integer({ min: 1, max: 200 }), (a, b, degrees) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        expect(chiSquareTail(high, degrees)).toBeLessThanOrEqual(chiSquareTail(low, degrees) + 1e-13)
        expect(chiSquareTail(a, degrees)).toBeLessThanOrEqual(chiSquareTail(a, degrees + 1) + 1e-13)
      }),
    )
    expect(chiSquareTail(0, 5)).toBe(1)
    expect(chiSquareTail(Infinity, 5)).toBe(0)
    expect(chiSquareTail(2_000, 3)).toBeLessThan(1e-300)
  })

  it('is refused without a number or a degree of freedom', () => {
    expect(() => chiSquareTail(Number.NaN, 2)).toThrow('The tail of chi-square at NaN')
    expect(() => chiSquareTail(3, 0)).toThrow('with 0 degrees of freedom')
  })
})
