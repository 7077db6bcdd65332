import { usageError } from '../contract/errors.ts'
import { clusterOf } from './cluster.ts'
import { clusteredMean } from './clustered-mean.ts'
import { correlation } from './correlation.ts'

/** How two agents differ over the same tasks and seeds. */
export interface PairedDifference {
  /** Mean of first minus second. */
  readonly difference: number
  /** Of the difference, paired; clustered where clusters were given. Null for fewer than two pairs or clusters. */
  readonly standardError: number | null
  /** What it would be without pairing, to show what pairing was worth. */
  readonly unpairedError: number | null
  /** Of the pairs; null where one side never varies. */
  readonly correlation: number | null
}

/** What both agents scored with the same seeds, in the same order; one entry a cluster, a list of scores each. */
export interface PairedCluster {
  readonly first: readonly number[]
  readonly second: readonly number[]
}

/**
 * The mean difference of paired scores with its standard error √(Σ(d − d̄)² / (n(n − 1))), and its clustered form.
 *
 * To be used whenever both agents ran with the same seeds: the fault plan is the same, and its luck cancels. Source:
 * Miller 2024, equations 7 and 8. From counts alone: `clusteredMean` of `clusterOfPairs`.
 *
 * @param clusters at least one; where every pair stands alone, clusters of one pair each
 * @throws a usage error where the two sides of a cluster are not equally long
 */
export function pairedDifference(clusters: readonly PairedCluster[]): PairedDifference {
  const differences = clusters.map(({ first, second }) => {
    if (first.length !== second.length) {
      throw usageError('STATISTICS_PAIRS', `A cluster has ${first.length} and ${second.length} scores: give pairs.`)
    }
    return first.map((score, index) => score - (second[index] ?? Number.NaN))
  })
  const { mean, standardError } = clusteredMean(differences.map(clusterOf))
  const ofFirst = clusteredMean(clusters.map(({ first }) => clusterOf(first))).standardError
  const ofSecond = clusteredMean(clusters.map(({ second }) => clusterOf(second))).standardError
  return {
    difference: mean,
    standardError,
    unpairedError: ofFirst === null || ofSecond === null ? null : Math.hypot(ofFirst, ofSecond),
    correlation: correlation(
      clusters.flatMap(({ first }) => first),
      clusters.flatMap(({ second }) => second),
    ),
  }
}
