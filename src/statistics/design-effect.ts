import type { ClusteredMean } from './clustered-mean.ts'
import { usageError } from '../contract/errors.ts'

/**
 * By how much clusters blow up the variance of a mean: 1 + (m − 1)ρ.
 *
 * To be used before a run: so many times more trials are needed than if each stood alone. Source: Kish 1965.
 *
 * @param clusterSize mean number of scores in a cluster, at least 1
 * @param correlation of two scores of the same cluster, −1 to 1
 */
export function designEffect(clusterSize: number, correlation: number): number {
  if (!(clusterSize >= 1 && Number.isFinite(clusterSize) && Math.abs(correlation) <= 1)) {
    throw usageError(
      'STATISTICS_DESIGN',
      `A design effect of clusters of ${clusterSize} at a correlation of ${correlation} was asked: give a size of at least 1 and a correlation from -1 to 1.`,
    )
  }
  return 1 + (clusterSize - 1) * correlation
}

/**
 * By how much clusters did blow up the variance of a mean: SE² with clusters by SE² without.
 *
 * Null where either is unknown or no score differs from another.
 */
export function observedDesignEffect({ standardError, independentError }: ClusteredMean): number | null {
  if (standardError === null || independentError === null || independentError === 0) return null
  return (standardError / independentError) ** 2
}
