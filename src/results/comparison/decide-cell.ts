import type { Interval } from '../../statistics/interval.ts'
import { mcNemar } from '../../statistics/mc-nemar.ts'
import { newcombePaired } from '../../statistics/newcombe-paired.ts'
import { newcombe } from '../../statistics/newcombe.ts'
import type { TaskTally } from '../../statistics/mean-pass-hat-k.ts'
import type { ComparedCell } from './comparison-schema.ts'

/** The level of every test and interval of a comparison. */
export const comparisonAlpha = 0.05

/** A difference of two rates, and how likely it is where there is none. */
export interface Contrast {
  readonly difference: number
  readonly interval: Interval
  readonly p: number
}

/** Pairs of tasks by which side solved them. */
export interface PairCounts {
  readonly both: number
  /** Only the current side did. */
  readonly better: number
  /** Only the baseline did. */
  readonly worse: number
  readonly neither: number
}

/**
 * The contrast of pairs with the same seed, clustered by trial.
 *
 * Tasks of one trial share an agent and may all turn together: the interval counts each trial as one observation, and the
 * test asks in how many trials the balance is for the better.
 *
 * @param balances of each trial: pairs that turned good less pairs that turned bad
 */
export function pairedContrast({ both, better, worse, neither }: PairCounts, balances: readonly number[]): Contrast {
  const pairs = both + better + worse + neither
  const share = balances.length / pairs
  const tally = { both: both * share, firstOnly: better * share, secondOnly: worse * share, neither: neither * share }
  const gained = balances.filter((balance) => balance > 0).length
  const lost = balances.filter((balance) => balance < 0).length
  const p = mcNemar(gained, lost)
  return { difference: (better - worse) / pairs, interval: agreeing(newcombePaired(tally, comparisonAlpha), p), p }
}

/** The contrast of independent trials; its p-value is the level at which the interval just touches zero. */
export function unpairedContrast(baseline: TaskTally, current: TaskTally): Contrast {
  const excludesZero = (alpha: number): boolean => {
    const [low, high] = newcombe(current, baseline, alpha)
    return low > 0 || high < 0
  }
  let [low, high] = [0, 1]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (excludesZero(middle)) high = middle
    else low = middle
  }
  return {
    difference: current.successes / current.trials - baseline.successes / baseline.trials,
    interval: newcombe(current, baseline, comparisonAlpha),
    p: high,
  }
}

/** What a contrast says: within the margin is unchanged, and what is not proven beyond chance is undecided. */
export function verdictOfContrast(
  { difference, interval }: Pick<Contrast, 'difference' | 'interval'>,
  adjustedP: number,
  margin: number,
): ComparedCell['verdict'] {
  if (interval[0] >= -margin && interval[1] <= margin) return 'unchanged'
  if (adjustedP > comparisonAlpha || difference === 0) return 'undecided'
  return difference < 0 ? 'regressed' : 'improved'
}

/** The exact test is stricter than the interval: where it does not exclude zero, the interval shown must not either. */
export function agreeing([low, high]: Interval, p: number): Interval {
  return p <= comparisonAlpha ? [low, high] : [Math.min(low, 0), Math.max(high, 0)]
}
