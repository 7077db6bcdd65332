import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { confidenceSequence } from '../../src/statistics/confidence-sequence.ts'
import { eValue, logEValue } from '../../src/statistics/e-value.ts'
import { logGamma } from '../../src/statistics/log-gamma.ts'
import { rejectsRate } from '../../src/statistics/rejects-rate.ts'

const counts = fc
  .integer({ min: 1, max: 3_000 })
  .chain((trials) => fc.integer({ min: 0, max: trials }).map((successes) => ({ successes, trials })))
const level = fc.constantFrom(1e-6, 0.01, 0.05, 0.2)
const rates = fc.double({ min: 0.001, max: 0.999, noNaN: true })

describe('the evidence against a rate', () => {
  it('is minus the level that csm.py publishes', () => {
    expect(logEValue(1, 10, 0.05)).toBeCloseTo(-1.243108442750477, 12)
    // csm.py prints -4624.756745998 and -9.977077184: the same but for the rounding of its log-gamma.
    expect(logEValue(100, 100_000, 0.05)).toBeCloseTo(4_624.756745998, 5)
    expect(logEValue(990_596, 1_000_000, 0.99)).toBeCloseTo(9.977077184, 7)
    expect(logEValue(990_597, 1_000_000, 0.99)).toBeCloseTo(10.039129993, 7)
  })

  it('is the integral of the likelihood over all rates, by the likelihood of the one', () => {
    fc.assert(
      fc.property(counts, rates, ({ successes: s, trials: n }, rate) => {
        const mixture = logGamma(s + 1) + logGamma(n - s + 1) - logGamma(n + 2)
        const own = s * Math.log(rate) + (n - s) * Math.log1p(-rate)
        expect(logEValue(s, n, rate)).toBeCloseTo(mixture - own, 7)
      }),
    )
  })

  it('is one before the first trial, and a fair game ever after: its mean over the next trial is what it was', () => {
    expect(eValue(0, 0, 0.3)).toBe(1)
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), rates, (successes, failures, rate) => {
        const trials = successes + failures
        const next = rate * eValue(successes + 1, trials + 1, rate) + (1 - rate) * eValue(successes, trials + 1, rate)
        const now = eValue(successes, trials, rate)
        expect(Math.abs(next / now - 1)).toBeLessThan(1e-10)
      }),
    )
  })

  it('is without bound against what cannot have been', () => {
    expect(eValue(1, 2, 0)).toBe(Number.POSITIVE_INFINITY)
    expect(eValue(1, 2, 1)).toBe(Number.POSITIVE_INFINITY)
    expect(eValue(2, 2, 1)).toBeCloseTo(1 / 3, 12)
  })
})

describe('confidenceSequence', () => {
  it.each([
    [10, 10, 0.58312, 1],
    [45, 50, 0.71234, 0.984341],
    [95, 100, 0.839741, 0.993423],
    [950, 1_000, 0.919829, 0.971765],
  ])('has the reference value for %d of %d', (successes, trials, low, high) => {
    const found = confidenceSequence(successes, trials)
    expect(found[0]).toBeCloseTo(low, 6)
    expect(found[1]).toBeCloseTo(high, 6)
  })

  it('holds exactly the rates that are not rejected', () => {
    fc.assert(
      fc.property(counts, level, rates, ({ successes, trials }, alpha, rate) => {
        fc.pre(Math.abs(logEValue(successes, trials, rate) + Math.log(alpha)) > 1e-9)
        const [low, high] = confidenceSequence(successes, trials, alpha)
        expect(low < rate && rate < high).toBe(!rejectsRate(successes, trials, rate, alpha))
      }),
    )
  })

  it('is wider than the interval that may be looked at once, which is the price of peeking', () => {
    fc.assert(
      fc.property(counts, level, ({ successes, trials }, alpha) => {
        const [low, high] = confidenceSequence(successes, trials, alpha)
        const [lowOnce, highOnce] = clopperPearson(successes, trials, alpha)
        expect(low).toBeLessThanOrEqual(lowOnce + 1e-12)
        expect(high).toBeGreaterThanOrEqual(highOnce - 1e-12)
      }),
    )
  })

  it('is mirrored when successes and failures change places, and moves up with every success', () => {
    fc.assert(
      fc.property(counts, level, ({ successes, trials }, alpha) => {
        const [low, high] = confidenceSequence(successes, trials, alpha)
        const mirrored = confidenceSequence(trials - successes, trials, alpha)
        expect(mirrored[0]).toBeCloseTo(1 - high, 10)
        expect(mirrored[1]).toBeCloseTo(1 - low, 10)
        if (successes === trials) return
        const next = confidenceSequence(successes + 1, trials, alpha)
        expect(next[0]).toBeGreaterThan(low)
        expect(next[1]).toBeGreaterThanOrEqual(high)
      }),
    )
  })

  it('knows nothing before the first trial, and holds for a million', () => {
    expect(confidenceSequence(0, 0)).toEqual([0, 1])
    const [low, high] = confidenceSequence(990_000, 1_000_000)
    expect(low).toBeGreaterThan(0.989)
    expect(high).toBeLessThan(0.991)
    expect(Math.log(1_000_001) + binomialLogPmf(990_000, 1_000_000, low)).toBeCloseTo(Math.log(0.05), 6)
  })

  it('is refused for counts and levels that cannot be', () => {
    expect(() => confidenceSequence(2, 1)).toThrow('Successes are 2 of 1 trials')
    expect(() => confidenceSequence(-1, 1)).toThrow('Successes are -1 of 1 trials')
    expect(() => confidenceSequence(0, Number.NaN)).toThrow('Trials are NaN')
    expect(() => confidenceSequence(1, 2, 0)).toThrow('Alpha is 0: give a number above 0 and below 1')
    expect(() => rejectsRate(1, 2, 1.5, 0.05)).toThrow('The rate is 1.5: give a number from 0 to 1')
  })
})
