import type { Interval } from './interval.ts'
import { normalQuantile } from './normal-quantile.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The two-sided Wilson score interval of a rate: close to its nominal coverage on average, and the one to show.
 *
 * Wilson 1927, without continuity correction. Neither count needs to be whole.
 *
 * @param successes 0 to `trials`
 * @param trials more than 0
 * @param alpha one minus the coverage, 0.05 for 95 %
 * @throws a usage error for counts that cannot be
 */
export function wilson(successes: number, trials: number, alpha = 0.05): Interval {
  requireCounts(successes, trials)
  requireAlpha(alpha)
  const z = normalQuantile(1 - alpha / 2)
  const rate = successes / trials
  const inflated = 1 + (z * z) / trials
  const centre = rate + (z * z) / (2 * trials)
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials))
  return [
    successes === 0 ? 0 : Math.max(0, (centre - spread) / inflated),
    successes === trials ? 1 : Math.min(1, (centre + spread) / inflated),
  ]
}
