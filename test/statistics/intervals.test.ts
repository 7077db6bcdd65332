import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { meanInterval } from '../../src/statistics/mean-interval.ts'
import { wilson } from '../../src/statistics/wilson.ts'

const counts = fc
  .integer({ min: 1, max: 3_000 })
  .chain((trials) => fc.integer({ min: 0, max: trials }).map((successes) => ({ successes, trials })))
const level = fc.constantFrom(0.01, 0.05, 0.2)

/** The chance of at most, or at least, so many successes. */
function tail(from: number, to: number, trials: number, rate: number): number {
  let sum = 0
  for (let successes = from; successes <= to; successes++) sum += Math.exp(binomialLogPmf(successes, trials, rate))
  return sum
}

describe('wilson', () => {
  // Newcombe 1998, Statistics in Medicine 17:857; the others from R's prop.test without continuity correction.
  it.each([
    [81, 263, 0.05, 0.2553, 0.3662, 4],
    [15, 148, 0.05, 0.0624, 0.1605, 4],
    [0, 20, 0.05, 0, 0.1611, 4],
    [1, 29, 0.05, 0.0061, 0.1718, 4],
    [3, 10, 0.05, 0.107_791_3, 0.603_221_9, 7],
    [3, 10, 0.01, 0.079_566_32, 0.679_975_3, 7],
    [0, 10, 0.05, 0, 0.277_532_8, 7],
    [10, 10, 0.05, 0.722_467_2, 1, 7],
    [7, 50, 0.05, 0.069_508, 0.261_862, 6],
    [299, 300, 0.05, 0.981_363, 0.999_411, 6],
    [300, 300, 0.05, 0.987_357, 1, 6],
    [100, 100, 0.05, 0.963_007, 1, 6],
  ])('gives the published interval of %d in %d at %d', (successes, trials, alpha, low, high, digits) => {
    const found = wilson(successes, trials, alpha)
    expect(found[0]).toBeCloseTo(low, digits)
    expect(found[1]).toBeCloseTo(high, digits)
  })

  it('contains the share that was seen, within 0 and 1', () => {
    fc.assert(
      fc.property(counts, level, ({ successes, trials }, alpha) => {
        const [low, high] = wilson(successes, trials, alpha)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(successes / trials)
        expect(high).toBeGreaterThanOrEqual(successes / trials)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is mirrored when successes and failures change places', () => {
    fc.assert(
      fc.property(counts, level, ({ successes, trials }, alpha) => {
        const [low, high] = wilson(successes, trials, alpha)
        const mirrored = wilson(trials - successes, trials, alpha)
        expect(mirrored[0]).toBeCloseTo(1 - high, 10)
        expect(mirrored[1]).toBeCloseTo(1 - low, 10)
      }),
    )
  })
})

describe('clopperPearson', () => {
  // Newcombe 1998; R 3.6.2 binom.test as kept in scipy's test_morestats.py; the others computed with scipy.
  it.each([
    [81, 263, 0.05, 0.2527, 0.3676, 4],
    [15, 148, 0.05, 0.0578, 0.1617, 4],
    [0, 20, 0.05, 0, 0.1684, 4],
    [1, 29, 0.05, 0.0009, 0.1776, 4],
    [20, 100, 0.05, 0.126_655_552_101_955_9, 0.291_842_689_088_628_1, 12],
    [3, 50, 0.01, 0.006_872_485, 0.202_706_269, 8],
    [0, 10, 0.05, 0, 0.308_497_1, 7],
    [10, 10, 0.05, 0.691_502_9, 1, 7],
    [7, 50, 0.05, 0.058_192, 0.267_396, 6],
    [299, 300, 0.05, 0.981_569, 0.999_916, 6],
    [300, 300, 0.05, 0.987_779, 1, 6],
    [100, 100, 0.05, 0.963_783, 1, 6],
  ])('gives the published interval of %d in %d at %d', (successes, trials, alpha, low, high, digits) => {
    const found = clopperPearson(successes, trials, alpha)
    expect(found[0]).toBeCloseTo(low, digits)
    expect(found[1]).toBeCloseTo(high, digits)
  })

  it('has the closed form for no failure in n: the lower bound is (α/2)^(1/n)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), level, (trials, alpha) => {
        expect(clopperPearson(trials, trials, alpha)[0]).toBeCloseTo((alpha / 2) ** (1 / trials), 10)
      }),
    )
  })

  it('holds exactly the rates that a two-tailed exact test at α/2 a side would not reject', () => {
    fc.assert(
      fc.property(counts, level, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (seen, alpha, rate) => {
        const { successes, trials } = seen
        const [low, high] = clopperPearson(successes, trials, alpha)
        const atLeast = tail(successes, trials, trials, rate)
        const atMost = tail(0, successes, trials, rate)
        fc.pre(Math.abs(atLeast - alpha / 2) > 1e-9 && Math.abs(atMost - alpha / 2) > 1e-9)
        expect(low < rate && rate < high).toBe(atLeast > alpha / 2 && atMost > alpha / 2)
      }),
      { numRuns: 50 },
    )
  })

  it('moves up with every success', () => {
    fc.assert(
      fc.property(counts, level, ({ successes, trials }, alpha) => {
        fc.pre(successes < trials)
        const before = clopperPearson(successes, trials, alpha)
        const after = clopperPearson(successes + 1, trials, alpha)
        expect(after[0]).toBeGreaterThan(before[0])
        expect(after[1]).toBeGreaterThan(before[1])
      }),
    )
  })

  it('is mirrored when successes and failures change places', () => {
    fc.assert(
      fc.property(counts, level, ({ successes, trials }, alpha) => {
        const [low, high] = clopperPearson(successes, trials, alpha)
        const mirrored = clopperPearson(trials - successes, trials, alpha)
        expect(mirrored[0]).toBeCloseTo(1 - high, 10)
        expect(mirrored[1]).toBeCloseTo(1 - low, 10)
      }),
    )
  })

  it('covers the true rate with the probability that it promises, by exact enumeration', () => {
    for (const trials of [5, 20, 100]) {
      const intervals = Array.from({ length: trials + 1 }, (_, successes) => clopperPearson(successes, trials))
      for (let percent = 1; percent < 100; percent++) {
        const rate = percent / 100
        const covered = intervals.reduce(
          (sum, [low, high], successes) =>
            low <= rate && rate <= high ? sum + Math.exp(binomialLogPmf(successes, trials, rate)) : sum,
          0,
        )
        expect(covered, `${trials} trials at ${rate}`).toBeGreaterThanOrEqual(0.95)
      }
    }
  })
})

describe('meanInterval', () => {
  it('is the mean and 1.96 standard errors either side', () => {
    const [low, high] = meanInterval({ mean: 3, variance: 4 }, 400)
    expect(low).toBeCloseTo(3 - 0.196, 4)
    expect(high).toBeCloseTo(3 + 0.196, 4)
  })

  it('is refused for moments that cannot be, and for fewer than two observations', () => {
    expect(() => meanInterval({ mean: Number.NaN, variance: 1 }, 100)).toThrow('a mean of NaN')
    expect(() => meanInterval({ mean: 1, variance: -1 }, 100)).toThrow('a variance of -1')
    expect(() => meanInterval({ mean: 1, variance: 1 }, 1)).toThrow('over 1 observations')
    expect(() => meanInterval({ mean: 1, variance: 1 }, 100, 2)).toThrow('Alpha is 2')
  })
})
