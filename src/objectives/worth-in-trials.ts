import type { Cluster } from '../statistics/cluster.ts'
import { clusteredMean } from '../statistics/clustered-mean.ts'
import { effectiveTrials } from '../statistics/korn-graubard.ts'

/** Tasks below which nobody can tell how much their repeats agree: each task is then one observation. */
export const fewestForClusters = 20

/**
 * How many independent trials the repeats of some tasks are worth for a claim about tasks like these.
 *
 * After Korn and Graubard; with fewer than {@link fewestForClusters} tasks as many as there are tasks, as if the repeats
 * of each always agreed, because an error estimated from a few tasks is itself mostly luck.
 *
 * @param clusters one for each task, at least one of them with a repeat
 */
export function worthInTrials(clusters: readonly Cluster[]): number {
  const tasks = clusters.filter(({ size }) => size > 0).length
  return tasks < fewestForClusters ? tasks : effectiveTrials(clusteredMean(clusters))
}
