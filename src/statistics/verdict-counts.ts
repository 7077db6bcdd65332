import { chanceOfAtLeast, chanceOfAtMost } from './binomial-tail.ts'
import { firstWhere } from './first-where.ts'
import { requireAlpha, requireRate } from './require-share.ts'
import { requireWhole } from './require-whole.ts'

/** What an interval can say of a target after a fixed number of trials, in numbers of successes. */
export interface VerdictCounts {
  /** From so many successes on the target is reached; more than there are trials where no count is enough. */
  readonly reachedFrom: number
  /** Up to so many it is missed; −1 where no count is few enough. */
  readonly missedUpTo: number
}

/**
 * The numbers of successes at which a Clopper–Pearson interval reaches a target, or misses it.
 *
 * Reached when its lower bound is at least the target, missed when its upper bound is below: the former when so many or
 * more have a chance of at most α/2 at the target, the latter when so many or fewer have less.
 *
 * @param trials whole, at least 1
 * @param target 0 to 1
 * @param alpha one minus the coverage of the two-sided interval
 */
export function verdictCounts(trials: number, target: number, alpha = 0.05): VerdictCounts {
  requireWhole('Trials', trials, 1)
  requireRate('The target', target)
  requireAlpha(alpha)
  const isEnough = (count: number): boolean => chanceOfAtLeast(count, trials, target) <= alpha / 2
  return {
    // Any bound is at least 0.
    reachedFrom: target === 0 ? 0 : firstWhere(isEnough, 0, trials + 1),
    missedUpTo: firstWhere((count) => chanceOfAtMost(count, trials, target) >= alpha / 2, 0, trials + 1) - 1,
  }
}
