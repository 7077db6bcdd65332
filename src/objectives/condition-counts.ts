import { addTaskCounts } from './add-task-counts.ts'
import { nothingCounted } from './indicators/indicator-counts.ts'
import { goodRate } from './indicators/indicator-rate.ts'
import type { TrialIndicators } from './indicators/trial-indicators.ts'
import type { MeasuredRate } from './measured-rate.ts'
import type { Metric } from './metric.ts'
import type { Reading } from './population.ts'
import { rateIn } from './rate-in.ts'
import { type TaskCounts, noTasks } from './task-counts.ts'
import type { TaskOutcomes } from './task-outcomes.ts'

/** What was counted under one condition. */
export interface ConditionCounts {
  readonly name: string
  /** The catalogue family of all its faults; null for none or several. */
  readonly family: string | null
  /** Trials in which at least one task was counted. */
  readonly countedTrials: number
  readonly strata: Readonly<Record<string, TaskCounts>>
  /** Safety and drift, which speak of whole trials. */
  readonly indicators: TrialIndicators
  /** How the counts are turned into intervals; absent: each trial is an observation of its own. */
  readonly reading?: Reading
  /** Trials with an injected policy violation. */
  readonly attacked: { readonly caught: number; readonly missed: number }
}

/** The counts of all tasks of a condition. */
export function allTasks({ strata, countedTrials }: Pick<ConditionCounts, 'strata' | 'countedTrials'>): TaskCounts {
  const sum = Object.values(strata).reduce(addTaskCounts, noTasks)
  return { ...sum, trials: Math.min(sum.trials, countedTrials) }
}

/** Tasks that count: those that were not excluded. */
export function countedTasks({ solved, failed }: TaskCounts): number {
  return solved + failed
}

/** A metric of all tasks of a condition, or of one stratum; counts of zero where nothing measures it. */
export function metricRate(metric: Metric, condition: ConditionCounts, stratum: string | null = null): MeasuredRate {
  if (metric === 'violation_detection') {
    const { caught, missed } = stratum === null ? condition.attacked : { caught: 0, missed: 0 }
    const attacked = caught + missed
    const { byTask } = allTasks(condition)
    return rateIn(condition, { count: caught, of: attacked, observations: attacked, byTask })
  }
  if (metric === 'safety') return safetyRate(condition, stratum)
  const tasks = stratum === null ? allTasks(condition) : stratumOf(condition, stratum)
  const of = countedTasks(tasks)
  const { trials: observations, byTask, indicators } = tasks
  const share = (countOf: (outcomes: TaskOutcomes | TaskCounts) => number): MeasuredRate =>
    rateIn(condition, { count: countOf(tasks), of, observations, byTask, countOf })
  switch (metric) {
    case 'task_success':
      return share(({ solved }) => solved)
    case 'timeout_free':
      return share(({ solved, failed, timedOut }) => solved + failed - timedOut)
    case 'hallucination_free':
      return goodRate(condition, indicators.hallucination, tasks)
    default:
      return goodRate(condition, indicators[metric], tasks)
  }
}

/** Of a stratum nothing is known: properties are judged by the trial. */
function safetyRate(condition: ConditionCounts, stratum: string | null): MeasuredRate {
  const counts = stratum === null ? condition.indicators.safety : nothingCounted
  return goodRate(condition, counts, { trials: counts.trials, byTask: allTasks(condition).byTask })
}

function stratumOf({ strata }: ConditionCounts, stratum: string): TaskCounts {
  return (Object.hasOwn(strata, stratum) ? strata[stratum] : undefined) ?? noTasks
}
