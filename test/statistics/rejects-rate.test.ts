import { describe, expect, it } from 'vitest'
import { rejectsRate } from '../../src/statistics/rejects-rate.ts'

describe('a test of a rate that may be read at any time', () => {
  it.each([
    { successes: 98, trials: 100, rate: 0.9, alpha: 0.2, isRejected: true },
    { successes: 98, trials: 100, rate: 0.9, alpha: 1e-5, isRejected: false },
    { successes: 50, trials: 10_000, rate: 0.01, alpha: 1e-3, isRejected: true },
    { successes: 50, trials: 10_000, rate: 0.01, alpha: 1e-9, isRejected: false },
    { successes: 990_596, trials: 1_000_000, rate: 0.99, alpha: Math.exp(-10), isRejected: false },
    { successes: 990_597, trials: 1_000_000, rate: 0.99, alpha: Math.exp(-10), isRejected: true },
  ])('agrees with the published value: $successes of $trials against $rate at $alpha', (one) => {
    expect(rejectsRate(one.successes, one.trials, one.rate, one.alpha)).toBe(one.isRejected)
  })

  it('refutes certainty by a single failure, and impossibility by a single success', () => {
    expect(rejectsRate(9, 10, 1, 0.05)).toBe(true)
    expect(rejectsRate(1, 10, 0, 0.05)).toBe(true)
    expect(rejectsRate(10, 10, 1, 0.05)).toBe(false)
  })
})
