import { type ConditionCounts, allTasks, countedTasks, metricRate } from './condition-counts.ts'
import { atMost, momentsOf, sizeOf } from './distribution.ts'
import type { Drift } from './indicators/drift.ts'
import { judgeIndicator } from './indicators/judge-indicator.ts'
import { type LevelVerdict, atLeastLevel, atMostLevel } from './level.ts'
import { type MeasuredMean, meanIn } from './mean-in.ts'
import type { MeasuredRate } from './measured-rate.ts'
import type { Objective } from './objective-schema.ts'
import { rateIn } from './rate-in.ts'
import type { TaskOutcomes } from './task-outcomes.ts'

/** The share of tasks that a 99th percentile speaks of. */
const p99 = 0.99

/** What became of an objective under one condition, with what it was drawn from. */
export interface ObjectiveJudgement {
  readonly verdict: 'met' | 'missed' | 'inconclusive'
  /** The share that was judged; null for a mean. For latency, of tasks that settled within the limit. */
  readonly rate: MeasuredRate | null
  /** The mean that was judged, its interval null where too few tasks back it; null for a share. */
  readonly mean: MeasuredMean | null
  /** The drift that was judged; null for everything else. */
  readonly drift: Drift | null
  /** Why the figure is not known though tasks were counted, e.g. a model without a price; null where it is. */
  readonly unknown: string | null
}

/** Judges an objective by the counts of one condition. */
export function judgeObjective(objective: Objective, condition: ConditionCounts): ObjectiveJudgement {
  switch (objective.measure) {
    case 'task success':
      return byRate(
        metricRate('task_success', condition),
        ({ exact }) => exact && atLeastLevel(exact, objective.atLeast),
      )
    case 'violation detection':
      return byRate(
        metricRate('violation_detection', condition),
        ({ exact }) => exact && atLeastLevel(exact, objective.atLeast),
      )
    case 'timeout rate':
      return byRate(timeoutRate(condition), ({ exact }) => exact && atMostLevel(exact, objective.atMost))
    case 'latency':
      return byRate(withinLimit(condition, objective.p99Ms), ({ exact }) => exact && atLeastLevel(exact, p99))
    case 'tool calls per task':
      return byMean(condition, objective.atMost)
    default: {
      const { level, ...seen } = judgeIndicator(objective, condition)
      return { verdict: inWords(level), ...seen }
    }
  }
}

/** The share of tasks that time out. */
export function timeoutRate(condition: ConditionCounts): MeasuredRate {
  const tasks = allTasks(condition)
  const { timedOut, trials, byTask } = tasks
  const countOf = (outcomes: TaskOutcomes): number => outcomes.timedOut
  return rateIn(condition, { count: timedOut, of: countedTasks(tasks), observations: trials, byTask, countOf })
}

function toolCallsMean(condition: ConditionCounts): MeasuredMean | null {
  const tasks = allTasks(condition)
  const moments = momentsOf(tasks.toolCalls)
  return moments && meanIn(condition, moments, sizeOf(tasks.toolCalls), tasks)
}

/**
 * A percentile is a rate in disguise: the 99th is within a limit if and only if 99 % of all tasks are. That makes its
 * interval exact. Tasks that never ended are not within any limit.
 */
function withinLimit(condition: ConditionCounts, limitMs: number): MeasuredRate {
  const { latencyMs, unfinished, trials, byTask } = allTasks(condition)
  return rateIn(condition, {
    count: atMost(latencyMs, limitMs),
    of: sizeOf(latencyMs) + unfinished,
    observations: trials,
    byTask,
  })
}

function byRate(rate: MeasuredRate, compare: (rate: MeasuredRate) => LevelVerdict | null): ObjectiveJudgement {
  return { verdict: inWords(compare(rate)), rate, mean: null, drift: null, unknown: null }
}

function byMean(condition: ConditionCounts, limit: number): ObjectiveJudgement {
  const mean = toolCallsMean(condition)
  const level = mean?.interval ? atMostLevel(mean.interval, limit) : null
  return { verdict: inWords(level), rate: null, mean, drift: null, unknown: null }
}

function inWords(verdict: LevelVerdict | null): ObjectiveJudgement['verdict'] {
  if (verdict === 'reached') return 'met'
  return verdict === 'not reached' ? 'missed' : 'inconclusive'
}
