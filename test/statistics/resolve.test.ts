import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { fewestTrials } from '../../src/statistics/fewest-trials.ts'
import { trialsToResolve } from '../../src/statistics/trials-to-resolve.ts'
import { verdictChances } from '../../src/statistics/verdict-chances.ts'
import { verdictCounts } from '../../src/statistics/verdict-counts.ts'

const percent = fc.integer({ min: 0, max: 100 }).map((share) => share / 100)

/** The chance of each verdict by asking the interval of every count. */
function byIntervals(trials: number, rate: number, target: number): { reached: number; missed: number } {
  const sum = { reached: 0, missed: 0 }
  for (let successes = 0; successes <= trials; successes++) {
    const chance = Math.exp(binomialLogPmf(successes, trials, rate))
    const [low, high] = clopperPearson(successes, trials)
    if (low >= target) sum.reached += chance
    else if (high < target) sum.missed += chance
  }
  return sum
}

describe('what a number of trials can say of a target', () => {
  it('is what the interval of each count says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), percent, (trials, target) => {
        const { reachedFrom, missedUpTo } = verdictCounts(trials, target)
        for (let successes = 0; successes <= trials; successes++) {
          const [low, high] = clopperPearson(successes, trials)
          // The closed bounds at none and all are 0 and 1 to the last digit; others may differ by rounding.
          if (Math.abs(low - target) > 1e-9 || low === 0) expect(successes >= reachedFrom).toBe(low >= target)
          if (Math.abs(high - target) > 1e-9 || high === 1) expect(successes <= missedUpTo).toBe(high < target)
        }
      }),
    )
  })

  it('has the chances that all counts add up to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), percent, percent, (trials, rate, target) => {
        const found = verdictChances(trials, rate, target)
        const { reached, missed } = byIntervals(trials, rate, target)
        expect(found.reached).toBeCloseTo(reached, 9)
        expect(found.missed).toBeCloseTo(missed, 9)
        expect(found.reached + found.missed + found.undecided).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('fewestTrials', () => {
  it('needs 299 clean runs for 99 % and 2 995 for 99.9 %, one-sided at 95 %', () => {
    expect(fewestTrials(0.99, 0.1)).toBe(299)
    expect(fewestTrials(0.999, 0.1)).toBe(2_995)
    expect(fewestTrials(0.95)).toBe(72)
  })

  it('is the first number of straight successes whose interval reaches the target', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 995 }), (thousandths) => {
        const target = thousandths / 1_000
        const trials = fewestTrials(target) ?? 0
        expect(clopperPearson(trials, trials)[0]).toBeGreaterThanOrEqual(target - 1e-12)
        if (trials > 1) expect(clopperPearson(trials - 1, trials - 1)[0]).toBeLessThan(target)
      }),
    )
    // (α/2)^(1/2) is one half to the last digit.
    expect(fewestTrials(0.5, 0.5)).toBe(2)
  })

  it('never proves certainty, and refuses what is no target', () => {
    expect(fewestTrials(1)).toBeNull()
    expect(fewestTrials(0)).toBe(1)
    expect(() => fewestTrials(95)).toThrow('The target is 95: give a number from 0 to 1, such as 0.95.')
  })
})

describe('trialsToResolve', () => {
  /** By trying every number from one. */
  function byTrying(rate: number, target: number, power: number): number | null {
    for (let trials = 1; trials <= 400; trials++) {
      const { reached, missed } = verdictChances(trials, rate, target)
      if ((rate > target ? reached : missed) >= power) return trials
    }
    return null
  }

  it('is the first number that does, though a larger one may not', () => {
    fc.assert(
      fc.property(percent, percent, fc.constantFrom(0.5, 0.8, 0.95), (rate, target, power) => {
        fc.pre(rate !== target)
        expect(trialsToResolve({ rate, target, power, limit: 400 })).toBe(byTrying(rate, target, power))
      }),
      { numRuns: 200 },
    )
    const first = trialsToResolve({ rate: 0.95, target: 0.9 }) ?? 0
    expect(first).toBe(byTrying(0.95, 0.9, 0.8))
    const next = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((more) => verdictChances(first + more, 0.95, 0.9).reached)
    expect(Math.min(...next)).toBeLessThan(0.8)
  })

  it('never tells a rate from itself, and says so when the limit is not enough', () => {
    expect(trialsToResolve({ rate: 0.9, target: 0.9 })).toBeNull()
    expect(trialsToResolve({ rate: 0.91, target: 0.9, limit: 1_000 })).toBeNull()
    expect(trialsToResolve({ rate: 1, target: 0.9 })).toBe(fewestTrials(0.9))
    expect(trialsToResolve({ rate: 0.99, target: 1, power: 0.99 })).toBe(459)
    expect(trialsToResolve({ rate: 0.9991, target: 0.999 })).toBeGreaterThan(100_000)
  })

  it('is refused for what is no rate', () => {
    expect(() => trialsToResolve({ rate: -1, target: 0.9 })).toThrow('The rate is -1')
    expect(() => trialsToResolve({ rate: 0.9, target: Number.NaN })).toThrow('The target is NaN')
    expect(() => trialsToResolve({ rate: 0.9, target: 0.8, power: 0 })).toThrow('Power is 0')
  })
})
