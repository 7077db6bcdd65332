import type { Cluster } from '../statistics/cluster.ts'
import { clusteredMean } from '../statistics/clustered-mean.ts'
import { effectiveTrials } from '../statistics/korn-graubard.ts'

/** Tasks below which nobody can tell how much their repeats agree: each task is then one observation. */
export const fewestForClusters = 20

/** Tasks that must have failed, and that must have been solved, at least once: of fewer, too little varies to tell. */
const fewestOfEach = 10

/**
 * How many independent trials the repeats of some tasks are worth for a claim about tasks like these.
 *
 * After Korn and Graubard. Where tasks are few, or hardly any failed, the error that they estimate is itself mostly luck:
 * each task is then one observation, as if its repeats always agreed. Fifty tasks that are always solved do not show that
 * a twentieth of all others is solved as well, however often they are run.
 *
 * @param clusters one for each task, at least one of them with a repeat
 */
export function worthInTrials(clusters: readonly Cluster[]): number {
  const tasks = clusters.filter(({ size }) => size > 0)
  const failed = tasks.filter(({ size, sum }) => sum < size).length
  const solved = tasks.filter(({ sum }) => sum > 0).length
  if (tasks.length < fewestForClusters || Math.min(failed, solved) < fewestOfEach) return tasks.length
  return effectiveTrials(clusteredMean(tasks))
}
