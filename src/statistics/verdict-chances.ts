import { chanceOfAtLeast, chanceOfAtMost } from './binomial-tail.ts'
import { requireRate } from './require-share.ts'
import { verdictCounts } from './verdict-counts.ts'

/** How likely each verdict on a target is, before a run. */
export interface VerdictChances {
  readonly reached: number
  readonly missed: number
  readonly undecided: number
}

/**
 * How likely a run of so many trials is to reach each verdict on a target, at an assumed true rate. Exact.
 *
 * To be used before a run: where `undecided` is large, more trials are needed, or a target further from the rate.
 *
 * @param rate the assumed true rate, 0 to 1
 */
export function verdictChances(trials: number, rate: number, target: number, alpha = 0.05): VerdictChances {
  requireRate('The rate', rate)
  const { reachedFrom, missedUpTo } = verdictCounts(trials, target, alpha)
  const reached = chanceOfAtLeast(reachedFrom, trials, rate)
  const missed = missedUpTo < 0 ? 0 : chanceOfAtMost(missedUpTo, trials, rate)
  return { reached, missed, undecided: Math.max(0, 1 - reached - missed) }
}
