import { betaQuantile } from './beta-quantile.ts'
import type { Interval } from './interval.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The two-sided Clopper–Pearson interval of a rate: it covers the true rate with at least its nominal probability,
 * whatever the rate, and so it is the one to gate on.
 *
 * Clopper and Pearson 1934: each bound leaves at most alpha / 2. Neither count needs to be whole.
 *
 * @param successes 0 to `trials`
 * @param trials more than 0
 * @param alpha one minus the coverage, 0.05 for 95 %
 * @throws a usage error for counts that cannot be
 */
export function clopperPearson(successes: number, trials: number, alpha = 0.05): Interval {
  requireCounts(successes, trials)
  requireAlpha(alpha)
  const failures = trials - successes
  return [
    successes === 0 ? 0 : betaQuantile(alpha / 2, successes, failures + 1),
    failures === 0 ? 1 : betaQuantile(1 - alpha / 2, successes + 1, failures),
  ]
}
