import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import type { Interval } from '../../src/statistics/interval.ts'
import { type Claim, percent } from './claim.ts'
import { chanceOfEver } from './first-exit.ts'

/** Where a claim over all times is looked at. */
export interface TimeGrid {
  readonly rates: readonly number[]
  /** Trials up to which it is looked at, after each of them. */
  readonly horizon: number
}

const alpha = 0.05

/** A confidence sequence holds the true rate after every trial at once in at least 95 % of all runs. */
export function coversAtAllTimes(sequence: (successes: number, trials: number) => Interval, grid: TimeGrid): Claim {
  const isMissed = (rate: number) => (successes: number, trials: number) => {
    const [low, high] = sequence(successes, trials)
    return rate < low || rate > high
  }
  const most = worst(grid, (rate) => chanceOfEver(isMissed(rate), rate, grid.horizon))
  return {
    promise: 'a confidence sequence covers the rate after every trial at once with at least 95 %',
    grid: described(grid),
    figures: `confidence sequence at least ${percent(1 - most.chance)} at all times (at ${most.rate})`,
    isHeld: most.chance <= alpha,
  }
}

/** A gate that is read after every trial fails an agent that is just good enough in at most 5 % of all runs. */
export function peekedGateStaysUnder(
  rejects: (successes: number, trials: number, rate: number) => boolean,
  grid: TimeGrid,
): Claim {
  const chanceAt = (rate: number): number =>
    chanceOfEver((successes, trials) => rejects(successes, trials, rate), rate, grid.horizon)
  const most = worst(grid, chanceAt)
  // What the same peeking does to an interval for one look: shown, because it is what everybody does.
  const isOutside = (successes: number, trials: number): boolean => {
    const [low, high] = clopperPearson(successes, trials)
    return most.rate < low || most.rate > high
  }
  const once = chanceOfEver(isOutside, most.rate, grid.horizon)
  return {
    promise: 'a gate that is peeked at after every trial raises a false alarm in at most 5 %',
    grid: described(grid),
    figures: `peeked gate at most ${percent(most.chance)} false alarms (at ${most.rate}; by Clopper–Pearson ${percent(once)})`,
    isHeld: most.chance <= alpha,
  }
}

function worst({ rates }: TimeGrid, chanceAt: (rate: number) => number): { chance: number; rate: number } {
  return rates.map((rate) => ({ chance: chanceAt(rate), rate })).reduce((a, b) => (b.chance > a.chance ? b : a))
}

function described({ rates, horizon }: TimeGrid): string {
  return `exact recursion; ${rates.length} rates from ${Math.min(...rates)} to ${Math.max(...rates)}, after each of ${horizon} trials`
}
