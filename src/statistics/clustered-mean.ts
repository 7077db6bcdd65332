import { usageError } from '../contract/errors.ts'
import type { Cluster } from './cluster.ts'
import type { Interval } from './interval.ts'
import { studentQuantile } from './student-quantile.ts'
import { requireAlpha } from './require-share.ts'

/** A mean of scores, and how far it may be off. */
export interface ClusteredMean {
  readonly mean: number
  /** Scores in all clusters. */
  readonly size: number
  /** Clusters with at least one score. */
  readonly clusters: number
  /** As if every score stood alone: too small where those of a cluster agree. Null for fewer than two scores. */
  readonly independentError: number | null
  /** With clusters. Null for fewer than two of them, which show nothing of how clusters differ. */
  readonly standardError: number | null
}

/**
 * The mean of scores that come in clusters, with its standard error.
 *
 * To be used wherever a task is run more than once and the claim is about tasks like these. SE² = SE₀² + (1/n²) Σ_c
 * Σ_{i≠j∈c} (sᵢ − s̄)(sⱼ − s̄) with SE₀² = Σ(s − s̄)² / (n(n − 1)). Source: E. Miller, "Adding error bars to evals" (2024),
 * equation 4; here from sums alone. Clusters of one score each give SE₀.
 *
 * For a paired comparison give clusters of differences: that is the paired standard error, and its clustered form.
 *
 * @throws a usage error where there is no score, or one is no finite number
 */
export function clusteredMean(clusters: readonly Cluster[]): ClusteredMean {
  for (const cluster of clusters) requireSums(cluster)
  const filled = clusters.filter(({ size }) => size > 0)
  if (filled.length === 0) {
    throw usageError('STATISTICS_EMPTY', 'The mean of no scores at all was asked: give at least one number.')
  }
  const size = total(filled, (cluster) => cluster.size)
  const mean = total(filled, (cluster) => cluster.sum) / size
  // Sums about the mean of each cluster first, so that large scores do not cancel.
  const between = total(filled, (cluster) => (cluster.sum - cluster.size * mean) ** 2)
  const scatter = total(filled, (cluster) => scatterAbout(mean, cluster))
  const independent = scatter / (size * (size - 1))
  return {
    mean,
    size,
    clusters: filled.length,
    independentError: size < 2 ? null : Math.sqrt(independent),
    standardError: filled.length < 2 ? null : Math.sqrt(Math.max(0, independent + (between - scatter) / (size * size))),
  }
}

/**
 * The two-sided interval of a mean of clustered scores: mean ± t · SE, with one degree of freedom fewer than clusters.
 *
 * To be used for scores; for a rate, which has bounds and may be all successes, take `kornGraubard`. Null for fewer than
 * two clusters.
 *
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function clusteredInterval({ mean, standardError, clusters }: ClusteredMean, alpha = 0.05): Interval | null {
  requireAlpha(alpha)
  if (standardError === null) return null
  const spread = studentQuantile(1 - alpha / 2, clusters - 1) * standardError
  return [mean - spread, mean + spread]
}

function requireSums({ size, sum, sumOfSquares }: Cluster): void {
  if (!(size >= 0 && [size, sum, sumOfSquares].every(Number.isFinite))) {
    throw usageError(
      'STATISTICS_CLUSTER',
      `A cluster has ${size} scores with a sum of ${sum} and squares of ${sumOfSquares}: give scores that are finite numbers.`,
    )
  }
}

/** Σ (s − mean)² */
function scatterAbout(mean: number, { size, sum, sumOfSquares }: Cluster): number {
  const own = sum / size
  return Math.max(0, sumOfSquares - sum * own) + size * (own - mean) ** 2
}

function total(clusters: readonly Cluster[], of: (cluster: Cluster) => number): number {
  return clusters.reduce((sum, cluster) => sum + of(cluster), 0)
}
