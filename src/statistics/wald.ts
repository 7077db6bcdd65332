import type { Interval } from './interval.ts'
import { normalQuantile } from './normal-quantile.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The textbook interval of a rate, p̂ ± z√(p̂(1 − p̂)/n): here to compare with, not to be used.
 *
 * It claims certainty after a single success, leaves 0 to 1, and covers far less than it promises below a few hundred
 * trials (Newcombe 1998).
 *
 * @param successes 0 to `trials`
 * @param trials more than 0
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function wald(successes: number, trials: number, alpha = 0.05): Interval {
  requireCounts(successes, trials)
  requireAlpha(alpha)
  const rate = successes / trials
  const spread = normalQuantile(1 - alpha / 2) * Math.sqrt((rate * (1 - rate)) / trials)
  return [rate - spread, rate + spread]
}
