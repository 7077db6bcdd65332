import { z } from 'zod'
import { taskOutcomesSchema } from './task-outcomes.ts'
import { noIndicators, taskIndicatorsSchema } from './indicators/task-indicators.ts'

const counts = z.record(z.string(), z.int().min(0))

/**
 * What became of the tasks of one stratum under one condition, in counts alone.
 *
 * Counts add up associatively, whatever worker counted them; every rate, mean and percentile is derived from them.
 */
export const taskCountsSchema = z.strictObject({
  /** Trials in which at least one task was counted: tasks of one trial share an agent and are not independent. */
  trials: z.int().min(0),
  solved: z.int().min(0),
  failed: z.int().min(0),
  /** Tasks that are not counted, by reason, e.g. `cancelled by the workload`. */
  excluded: counts,
  /** Counted tasks that stopped at their deadline, hung, or gave up waiting for a call. */
  timedOut: z.int().min(0),
  /** Counted tasks that never settled; they are later than any percentile. */
  unfinished: z.int().min(0),
  /** Counted tasks by the number of their tool calls; attempts of one logical call are one. */
  toolCalls: counts,
  /** Counted tasks that settled, by virtual milliseconds from their start. */
  latencyMs: counts,
  /** What became of each task over its repeats, by its id. */
  byTask: z.record(z.string(), taskOutcomesSchema).default({}),
  /** Availability, correctness, hallucination, delegation depth, tokens and cost. */
  indicators: taskIndicatorsSchema.default(noIndicators),
})

export type TaskCounts = z.output<typeof taskCountsSchema>

/** The counts of no task: the neutral element of the sum. */
export const noTasks: TaskCounts = {
  trials: 0,
  solved: 0,
  failed: 0,
  excluded: {},
  timedOut: 0,
  unfinished: 0,
  toolCalls: {},
  latencyMs: {},
  byTask: {},
  indicators: noIndicators,
}
