import { betaQuantile } from './beta-quantile.ts'
import type { Interval } from './interval.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The Jeffreys interval of a rate: what Bayes' theorem leaves of a prior of Beta(½, ½).
 *
 * To be used where a reader thinks in posteriors; about as wide as mid-P, without a guarantee. The bounds are 0 and 1
 * where none and all succeeded. Source: Brown, Cai and DasGupta, Statistical Science 16 (2001) 101.
 *
 * @param successes 0 to `trials`
 * @param trials more than 0
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function jeffreys(successes: number, trials: number, alpha = 0.05): Interval {
  requireCounts(successes, trials)
  requireAlpha(alpha)
  const [a, b] = [successes + 0.5, trials - successes + 0.5]
  return [
    successes === 0 ? 0 : betaQuantile(alpha / 2, a, b),
    successes === trials ? 1 : betaQuantile(1 - alpha / 2, a, b),
  ]
}
