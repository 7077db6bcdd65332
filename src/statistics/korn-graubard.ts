import { clopperPearson } from './clopper-pearson.ts'
import type { Cluster } from './cluster.ts'
import { type ClusteredMean, clusteredMean } from './clustered-mean.ts'
import { observedDesignEffect } from './design-effect.ts'
import type { Interval } from './interval.ts'
import { studentQuantile } from './student-quantile.ts'

/**
 * The two-sided interval of a rate whose trials come in clusters: Clopper–Pearson on as many trials as they are worth.
 *
 * To be used for a rate over tasks that were each run several times. The trials are worth n* = n / DEFF · (t₁/t₂)², at
 * most n, with DEFF the observed design effect, t₁ of n − 1 degrees of freedom and t₂ of one fewer than clusters. Source:
 * Korn and Graubard, Survey Methodology 24 (1998) 193.
 *
 * Where all or none succeeded, nothing shows how much clusters agree. Each cluster then counts as one trial, which is
 * safe whatever they do; others take n there, which is not. The same holds for fewer than two clusters.
 *
 * @param clusters of scores of 0 and 1, see `clusterOfCounts`
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function kornGraubard(clusters: readonly Cluster[], alpha = 0.05): Interval {
  const mean = clusteredMean(clusters)
  const worth = effectiveTrials(mean, alpha)
  return clopperPearson(mean.mean * worth, worth, alpha)
}

/**
 * How many independent trials clustered ones are worth: at most as many as there are, and one a cluster where nothing
 * better is known.
 */
export function effectiveTrials(mean: ClusteredMean, alpha = 0.05): number {
  const { size, clusters } = mean
  const effect = observedDesignEffect(mean)
  if (effect === null) return clusters
  const adjusted = studentQuantile(1 - alpha / 2, size - 1) / studentQuantile(1 - alpha / 2, clusters - 1)
  return Math.min(size, (size / effect) * adjusted ** 2)
}
