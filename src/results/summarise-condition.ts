import { type ConditionCounts, allTasks, countedTasks, metricRate } from '../objectives/condition-counts.ts'
import { largestOf, momentsOf, percentileOf, sizeOf } from '../objectives/distribution.ts'
import { timeoutRate } from '../objectives/judge-objective.ts'
import { meanIn } from '../objectives/mean-in.ts'
import type { Reading } from '../objectives/population.ts'
import { rateOf } from '../objectives/rate-of.ts'
import type { TaskCounts } from '../objectives/task-counts.ts'
import { indicatorMeasures } from './indicator-measures.ts'
import type { JudgedCounts } from './judged-counts.ts'
import type { Measures } from './measure-schema.ts'
import type { MeasureTally } from './measure-tally.ts'

/** What a condition is called, beside its counts. */
export interface ConditionName {
  readonly name: string
  readonly family: string | null
}

/** The counts of a condition's tally, as objectives and declarations read them. */
export function countsOf(condition: ConditionName, tally: MeasureTally, reading?: Reading): ConditionCounts {
  return judgedCounts(condition, tally, reading)
}

/** The same without the tasks in quarantine: what gates are judged by. */
export function gatedCountsOf(condition: ConditionName, tally: MeasureTally, reading?: Reading): ConditionCounts {
  return judgedCounts(condition, tally.gated ?? tally, reading)
}

function judgedCounts({ name, family }: ConditionName, counts: JudgedCounts, reading?: Reading): ConditionCounts {
  const { strata, countedTrials, attacks, indicators } = counts
  return {
    ...(reading === undefined ? {} : { reading }),
    name,
    family,
    strata,
    countedTrials,
    indicators,
    attacked: attacks.trials,
  }
}

/** The measures of all tasks of a condition. */
export function conditionMeasures(condition: ConditionCounts): Measures {
  return {
    ...measuresOf(allTasks(condition), metricRate('violation_detection', condition)),
    taskSuccess: metricRate('task_success', condition),
    timeouts: timeoutRate(condition),
    toolCalls: toolCallsOf(allTasks(condition), condition.reading),
    indicators: indicatorMeasures(condition),
  }
}

/** The measures of the tasks of one stratum. */
export function stratumMeasures(tasks: TaskCounts): Measures {
  return measuresOf(tasks, null)
}

function measuresOf(tasks: TaskCounts, violationDetection: Measures['violationDetection']): Measures {
  const counted = countedTasks(tasks)
  return {
    tasks: counted,
    excluded: tasks.excluded,
    taskSuccess: rateOf(tasks.solved, counted, tasks.trials),
    timeouts: rateOf(tasks.timedOut, counted, tasks.trials),
    violationDetection,
    toolCalls: toolCallsOf(tasks),
    latency: {
      p50Ms: percentileOf(tasks.latencyMs, 0.5, tasks.unfinished),
      p90Ms: percentileOf(tasks.latencyMs, 0.9, tasks.unfinished),
      p99Ms: percentileOf(tasks.latencyMs, 0.99, tasks.unfinished),
      maxMs: largestOf(tasks.latencyMs),
      unfinished: tasks.unfinished,
    },
    indicators: null,
  }
}

function toolCallsOf(tasks: TaskCounts, reading?: Reading): Measures['toolCalls'] {
  const { toolCalls } = tasks
  const moments = momentsOf(toolCalls)
  if (moments === null) return { mean: null, interval: null, max: null }
  const { mean, interval } = meanIn({ ...(reading && { reading }) }, moments, sizeOf(toolCalls), tasks)
  return {
    mean: rounded(mean),
    interval: interval && [rounded(interval[0]), rounded(interval[1])],
    max: largestOf(toolCalls),
  }
}

function rounded(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000
}
