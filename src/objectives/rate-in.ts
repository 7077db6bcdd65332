import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { clusterOfCounts } from '../statistics/cluster.ts'
import { confidenceSequence } from '../statistics/confidence-sequence.ts'
import type { MeasuredRate } from './measured-rate.ts'
import { type Reading, plainReading } from './population.ts'
import { rateOf } from './rate-of.ts'
import { outwards } from './rounded-interval.ts'
import type { OutcomesByTask, TaskOutcomes } from './task-outcomes.ts'
import { worthInTrials } from './worth-in-trials.ts'

/** What was counted, of all tasks or of some. */
export interface CountedShare {
  readonly count: number
  readonly of: number
  /** Trials behind the counts. */
  readonly observations: number
  readonly byTask: OutcomesByTask
  /** How many of the counted repeats of one task count; absent where the tasks do not tell. */
  readonly countOf?: (outcomes: TaskOutcomes) => number
}

/**
 * A share with the interval that the reading of its condition asks for.
 *
 * For `tasks like these` the interval is clustered by task. Where tasks do not tell the count, each is one observation,
 * as if its repeats always agreed: never too narrow.
 */
export function rateIn(
  { reading = plainReading }: { readonly reading?: Reading },
  counted: CountedShare,
): MeasuredRate {
  const { count, of, observations } = counted
  const plain = rateOf(count, of, observations, reading.alpha)
  if (plain.rate === null) return plain
  if (reading.isSequential) {
    const interval = confidenceSequence((count / of) * plain.observations, plain.observations, reading.alpha)
    return { ...plain, basis: 'any time', exact: outwards(interval) }
  }
  if (reading.population === 'these tasks') return plain
  const worth = Math.min(worthOf(counted), plain.observations)
  return {
    ...plain,
    basis: 'tasks',
    worth,
    exact: outwards(clopperPearson((count / of) * worth, worth, reading.alpha)),
  }
}

/** How many tasks of a table were counted at least once. */
export function countedTaskIds(byTask: OutcomesByTask): number {
  return Object.values(byTask).filter(({ solved, failed }) => solved + failed > 0).length
}

/** Independent trials that clustered ones are worth; 1 where no task is known, the least that there can be. */
function worthOf({ byTask, countOf }: CountedShare): number {
  const tasks = countedTaskIds(byTask)
  if (tasks === 0 || countOf === undefined) return Math.max(tasks, 1)
  const clusters = Object.values(byTask).map((each) => clusterOfCounts(countOf(each), each.solved + each.failed))
  return worthInTrials(clusters)
}
