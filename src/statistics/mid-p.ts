import { chanceOfAtLeast } from './binomial-tail.ts'
import { crossing } from './crossing.ts'
import type { Interval } from './interval.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The mid-P interval of a rate: Clopper–Pearson that counts only half of the chance of what was seen.
 *
 * To be used for display where Clopper–Pearson is thought too wide: close to its nominal coverage on average, without a
 * guarantee. Source: Newcombe, Statistics in Medicine 17 (1998) 857, method 6.
 *
 * @param successes 0 to `trials`
 * @param trials more than 0
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function midP(successes: number, trials: number, alpha = 0.05): Interval {
  requireCounts(successes, trials)
  requireAlpha(alpha)
  const above = (rate: number): number =>
    (chanceOfAtLeast(successes, trials, rate) + chanceOfAtLeast(successes + 1, trials, rate)) / 2
  const seen = successes / trials
  return [
    successes === 0 ? 0 : crossing((rate) => above(rate) > alpha / 2, seen, 0),
    successes === trials ? 1 : crossing((rate) => above(rate) < 1 - alpha / 2, seen, 1),
  ]
}
