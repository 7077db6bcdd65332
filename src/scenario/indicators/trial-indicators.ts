import type { Profile } from '../../contract/profile.ts'
import { type IndicatorEvent, indicatorCountsOf } from '../../objectives/indicators/indicator-counts.ts'
import type { Prices } from '../../objectives/indicators/prices.ts'
import { type TaskIndicators, addTaskIndicators, noIndicators } from '../../objectives/indicators/task-indicators.ts'
import type { TrialIndicators, UnsupportedClaim } from '../../objectives/indicators/trial-indicators.ts'
import { noSums, sumsOf } from '../../objectives/indicators/whole-sums.ts'
import type { MeasuredTask } from '../measured-task.ts'
import type { TrialResult } from '../trial.ts'
import { availabilityOf } from './availability.ts'
import { correctnessOf } from './correctness.ts'
import { delegationDepth } from './delegation-depth.ts'
import { checkedAnswer } from './hallucination.ts'
import { type TaskRecord, taskRecords } from './task-record.ts'
import { tokensOf } from './token-use.ts'
import { trialDrift } from './trial-drift.ts'
import { trialSafety } from './trial-safety.ts'

/** What the indicators of a trial are read with. */
export interface IndicatorTerms {
  readonly profile: Profile
  /** Null where the measure declares none: then no cost is known. */
  readonly prices: Prices | null
  /** Takes secrets out of what is quoted of the agent. */
  readonly redact: (text: string) => string
}

/** A trial whose process was lost left no trace of what it has spent. */
const lost: ReadonlySet<string> = new Set(['died', 'blocked'])
const unknownAmounts = { ...noIndicators, cost: { known: noSums, unknown: { 'process lost': 1 } } }

/** One task in the terms of the indicators. */
export interface TaskEvents {
  readonly task: MeasuredTask
  readonly availability: IndicatorEvent
  readonly correctness: IndicatorEvent
  readonly hallucination: IndicatorEvent
  readonly unsupported: { readonly kind: string; readonly text: string } | null
  /** Depth, tokens and cost of a counted task; those of no task for one that is excluded. */
  readonly amounts: Pick<TaskIndicators, 'delegationDepth' | 'tokens' | 'cost'>
}

/** Reads from the trace what the indicators say of each task of a trial. */
export function taskEvents(
  { events, how }: Pick<TrialResult, 'events' | 'how'>,
  tasks: readonly MeasuredTask[],
  terms: IndicatorTerms,
): TaskEvents[] {
  const records = taskRecords(tasks.length, events)
  return tasks.map((task, index) => {
    const record = records[index]
    if (task.excluded !== null || record === undefined) return excludedTask(task, task.excluded ?? 'not recorded')
    const counted = countedTask(task, record, records.slice(0, index), terms)
    return lost.has(how) ? { ...counted, amounts: unknownAmounts } : counted
  })
}

function excludedTask(task: MeasuredTask, reason: string): TaskEvents {
  const event: IndicatorEvent = { side: 'excluded', reason }
  return {
    task,
    availability: event,
    correctness: event,
    hallucination: event,
    unsupported: null,
    amounts: noIndicators,
  }
}

function countedTask(
  task: MeasuredTask,
  record: TaskRecord,
  earlier: readonly TaskRecord[],
  { profile, prices }: IndicatorTerms,
): TaskEvents {
  const availability = availabilityOf(record, profile.fallback)
  const { event, unsupported } = checkedAnswer(record, earlier, task.task)
  const { input, cachedInput, output, cost, unknown } = tokensOf(record.modelCalls, prices)
  return {
    task,
    availability,
    correctness: correctnessOf(task, availability),
    hallucination: event,
    unsupported,
    amounts: {
      delegationDepth: { [delegationDepth(record.modelCalls)]: 1 },
      tokens: {
        input: sumsOf(BigInt(input)),
        cachedInput: sumsOf(BigInt(cachedInput)),
        output: sumsOf(BigInt(output)),
        total: sumsOf(BigInt(input + output)),
      },
      cost: cost === null ? { known: noSums, unknown: { [unknown ?? '']: 1 } } : { known: sumsOf(cost), unknown: {} },
    },
  }
}

/** The indicators of tasks of one trial and one stratum, counted. */
export function countTasks(tasks: readonly TaskEvents[]): TaskIndicators {
  return {
    ...tasks.reduce<TaskIndicators>(
      (sum, { amounts }) => addTaskIndicators(sum, { ...noIndicators, ...amounts }),
      noIndicators,
    ),
    availability: indicatorCountsOf(tasks.map(({ availability }) => availability)),
    correctness: indicatorCountsOf(tasks.map(({ correctness }) => correctness)),
    hallucination: indicatorCountsOf(tasks.map(({ hallucination }) => hallucination)),
  }
}

/** The indicators that speak of a whole trial. */
export function trialIndicators(
  trial: number,
  result: Pick<TrialResult, 'verdicts' | 'how' | 'tasks'>,
  tasks: readonly TaskEvents[],
  { redact }: IndicatorTerms,
): TrialIndicators {
  return {
    safety: indicatorCountsOf([trialSafety(result)]),
    drift: trialDrift(tasks.map(({ task }) => task)),
    unsupportedClaims: tasks.flatMap(({ task, unsupported }): UnsupportedClaim[] =>
      unsupported === null
        ? []
        : [{ trial, index: task.index, task: task.task.id, kind: unsupported.kind, claim: redact(unsupported.text) }],
    ),
  }
}
