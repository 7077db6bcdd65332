import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import type { Interval } from '../../src/statistics/interval.ts'
import { type Claim, percent } from './claim.ts'

type Method = (successes: number, trials: number) => Interval

/** What a two-sided 95 % interval is looked at with. */
export interface CoverageGrid {
  readonly trials: readonly number[]
  /** The rates looked at are all whole multiples of one by so many, without 0 and 1. */
  readonly parts: number
}

/** Sums of up to thousands of chances are not more exact. */
const rounding = 1e-12

/** A guaranteed interval covers at least 95 %, also just beyond each of its bounds, where coverage is least. */
export function coversEverywhere(name: string, method: Method, grid: CoverageGrid): Claim {
  let least = { coverage: 1, trials: 0, rate: 0 }
  for (const trials of grid.trials) {
    const intervals = intervalsOf(method, trials)
    const beyond = intervals.flat().flatMap((bound) => [bound - rounding, bound + rounding])
    const rates = [...evenRates(grid.parts), ...beyond.filter((rate) => rate > 0 && rate < 1)]
    for (const rate of rates) {
      const coverage = coverageOf(intervals, rate)
      if (coverage < least.coverage) least = { coverage, trials, rate }
    }
  }
  return {
    promise: `${name} covers at least 95 % whatever the rate`,
    grid: `exact sums; ${described(grid)}, and each bound ± 1e-12`,
    figures: `${name} at least ${percent(least.coverage, 5)} (${least.trials} trials at ${least.rate.toFixed(4)})`,
    isHeld: least.coverage >= 0.95 - rounding,
  }
}

/** An interval for display covers 94 to 96 % on average, over all rates and for each number of trials alone. */
export function coversOnAverage(name: string, method: Method, grid: CoverageGrid): Claim {
  const means = grid.trials.map((trials) => {
    const intervals = intervalsOf(method, trials)
    return mean(evenRates(grid.parts).map((rate) => coverageOf(intervals, rate)))
  })
  const overall = mean(means)
  const [least, most] = [Math.min(...means), Math.max(...means)]
  return {
    promise: `${name} covers 94 to 96 % on average, over the grid and for each number of trials`,
    grid: `exact sums; ${described(grid)}`,
    figures: `${name} ${percent(overall)} on average (${percent(least)} to ${percent(most)} by trials)`,
    isHeld: [overall, least, most].every((share) => share >= 0.94 && share <= 0.96),
  }
}

function intervalsOf(method: Method, trials: number): Interval[] {
  return Array.from({ length: trials + 1 }, (_, successes) => method(successes, trials))
}

function evenRates(parts: number): number[] {
  return Array.from({ length: parts - 1 }, (_, index) => (index + 1) / parts)
}

/** The chance that the interval of what is seen holds the rate, count by count. */
function coverageOf(intervals: readonly Interval[], rate: number): number {
  const trials = intervals.length - 1
  let sum = 0
  for (const [successes, [low, high]] of intervals.entries()) {
    if (low <= rate && rate <= high) sum += Math.exp(binomialLogPmf(successes, trials, rate))
  }
  return sum
}

function described({ trials, parts }: CoverageGrid): string {
  const largest = Math.max(...trials)
  return `${trials.length} numbers of trials from ${Math.min(...trials)} to ${largest}, ${parts - 1} rates k/${parts}`
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
