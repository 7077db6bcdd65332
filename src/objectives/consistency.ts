import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { type Cluster, clusterOfCounts } from '../statistics/cluster.ts'
import { clusteredMean } from '../statistics/clustered-mean.ts'
import { observedDesignEffect } from '../statistics/design-effect.ts'
import type { TaskTally } from '../statistics/mean-pass-hat-k.ts'
import { passAtK } from '../statistics/pass-at-k.ts'
import { passHatK } from '../statistics/pass-hat-k.ts'
import type { Consistency } from './consistency-schema.ts'
import { outwards, rounded } from './rounded-interval.ts'
import type { OutcomesByTask } from './task-outcomes.ts'
import { worthInTrials } from './worth-in-trials.ts'

/** The numbers of repeats that are told, as far as there are so many. */
export const usualRepeats: readonly number[] = [1, 2, 4, 8]

/**
 * How consistently tasks are solved, from what became of each over its repeats; null where nothing was counted.
 *
 * Each task counts once, however often it was run.
 *
 * @param ks the numbers of repeats to tell
 */
export function consistencyOf(byTask: OutcomesByTask, ks: readonly number[] = usualRepeats): Consistency | null {
  const tasks = talliesOf(byTask)
  if (tasks.length === 0) return null
  const repeats = tasks.map(({ trials }) => trials)
  const clusters = tasks.map(({ successes, trials }) => clusterOfCounts(successes, trials))
  const success = clusteredMean(clusters)
  return {
    tasks: tasks.length,
    fewestRepeats: Math.min(...repeats),
    mostRepeats: Math.max(...repeats),
    taskSuccess: {
      value: rounded(success.mean),
      interval: intervalOf(clusters, success.mean),
      standardError: success.standardError === null ? null : rounded(success.standardError),
      designEffect: roundedIfAny(observedDesignEffect(success)),
      worth: rounded(worthInTrials(clusters)),
    },
    repeats: ks.flatMap((k) => {
      const enough = tasks.filter(({ trials }) => trials >= k)
      // Of the few tasks that happened to come up so often nothing follows for the others.
      if (enough.length === 0 || enough.length < tasks.length / 2) return []
      return [{ k, tasks: enough.length, leftOut: tasks.length - enough.length, ...repeatsOf(enough, k) }]
    }),
  }
}

function repeatsOf(tasks: readonly TaskTally[], k: number): Pick<Consistency['repeats'][number], 'every' | 'any'> {
  const every = tasks.map(({ successes, trials }) => passHatK(successes, trials, k))
  const any = tasks.map(({ successes, trials }) => passAtK(successes, trials, k))
  const groups = Math.floor(Math.min(...tasks.map(({ trials }) => trials)) / k)
  return { every: meanOf(every, groups), any: meanOf(any, groups) }
}

/**
 * The mean over tasks of chances, each estimated from several repeats.
 *
 * Tasks are the clusters. Each weighs the same, as much as the groups of k that its repeats make up.
 */
function meanOf(chances: readonly number[], groups: number): Consistency['repeats'][number]['every'] {
  const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length
  const clusters = chances.map((chance) => ({ size: groups, sum: groups * chance, sumOfSquares: groups * chance }))
  return { value: rounded(mean), interval: intervalOf(clusters, mean) }
}

function intervalOf(clusters: readonly Cluster[], mean: number): [number, number] {
  const worth = worthInTrials(clusters)
  return outwards(clopperPearson(Math.min(worth, mean * worth), worth))
}

/** The tasks with at least one counted repeat. */
function talliesOf(byTask: OutcomesByTask): TaskTally[] {
  return Object.values(byTask)
    .map(({ solved, failed }) => ({ successes: solved, trials: solved + failed }))
    .filter(({ trials }) => trials > 0)
}

function roundedIfAny(value: number | null): number | null {
  return value === null ? null : rounded(value)
}
