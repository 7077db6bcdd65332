import { usageError } from '../contract/errors.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal-quantile.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The two-sided interval of a mean by the central limit theorem: mean ± z · √(variance / n), with the sample variance.
 *
 * Good from about a hundred independent observations on; below, it promises too much.
 *
 * @param observations the number of independent ones, at least 2; fewer than the values where these come in clusters
 * @param alpha one minus the coverage, 0.05 for 95 %
 * @throws a usage error for moments or a number of observations that cannot be
 */
export function meanInterval(
  { mean, variance }: { readonly mean: number; readonly variance: number },
  observations: number,
  alpha = 0.05,
): Interval {
  requireAlpha(alpha)
  if (!(Number.isFinite(mean) && variance >= 0 && Number.isFinite(variance) && observations >= 2)) {
    throw usageError(
      'STATISTICS_MEAN',
      `The interval of a mean of ${mean} with a variance of ${variance} over ${observations} observations was asked: give finite numbers, and at least 2 observations.`,
    )
  }
  const spread = normalQuantile(1 - alpha / 2) * Math.sqrt(variance / observations)
  return [mean - spread, mean + spread]
}
