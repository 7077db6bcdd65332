import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../src/statistics/normal-quantile.ts'
import { studentQuantile } from '../../src/statistics/student-quantile.ts'

describe('the quantile of Student’s distribution', () => {
  it.each([
    // Closed forms for one and two degrees of freedom; the others from R's qt.
    [0.975, 1, Math.tan(Math.PI * 0.475)],
    [0.975, 2, 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2))],
    [0.975, 10, 2.2281388519649385],
    [0.995, 30, 2.7499956535670305],
    [0.9, 5, 1.4758840488558216],
    [0.5, 7, 0],
  ])('is known at %d with %d degrees', (probability, degrees, expected) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(expected, 10)
  })

  it('is Cauchy’s for one degree, far into the tails', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.499, noNaN: true }), (tail) => {
        const expected = -1 / Math.tan(Math.PI * tail)
        expect(Math.abs(studentQuantile(tail, 1) / expected - 1)).toBeLessThan(1e-9)
      }),
    )
  })

  it('is odd about one half, and falls to the normal quantile with degrees', () => {
    const above = fc.double({ min: 0.501, max: 0.9999, noNaN: true })
    fc.assert(
      fc.property(above, fc.integer({ min: 1, max: 100_000 }), (probability, degrees) => {
        const t = studentQuantile(probability, degrees)
        expect(studentQuantile(1 - probability, degrees)).toBeCloseTo(-t, 7)
        expect(t).toBeGreaterThan(normalQuantile(probability) - 1e-9)
        expect(studentQuantile(probability, degrees + 1)).toBeLessThan(t + 1e-9)
      }),
    )
    expect(studentQuantile(0.975, 1e6)).toBeCloseTo(1.9599664, 6)
  })

  it('is without bound at certainty, and refused where there is nothing to look up', () => {
    expect([studentQuantile(0, 3), studentQuantile(1, 3)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
    expect(() => studentQuantile(0.9, 0)).toThrow('Degrees of freedom are 0: give a finite number above 0.')
    expect(() => studentQuantile(1.1, 3)).toThrow('The probability is 1.1')
  })
})
