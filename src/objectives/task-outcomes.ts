import { z } from 'zod'
import { addCounts } from './add-counts.ts'

/**
 * What became of one task over all its repeats under one condition.
 *
 * Repeats of a task are alike, and so they say less about other tasks than as many different tasks would: whatever
 * speaks of consistency, or of tasks like these, is drawn from these counts.
 */
export const taskOutcomesSchema = z.strictObject({
  solved: z.int().min(0),
  failed: z.int().min(0),
  /** Counted repeats that stopped at their deadline, hung, or gave up waiting for a call. */
  timedOut: z.int().min(0),
  /** Repeats that are not counted, by reason. */
  excluded: z.record(z.string(), z.int().min(0)),
})

export type TaskOutcomes = z.output<typeof taskOutcomesSchema>

/** What became of each task, by its id. */
export type OutcomesByTask = Readonly<Record<string, TaskOutcomes>>

/** The outcomes of a task that never ran: the neutral element of the sum. */
export const noOutcomes: TaskOutcomes = { solved: 0, failed: 0, timedOut: 0, excluded: {} }

/** Adds the outcomes of different repeats of one task; associative and commutative. */
export function addOutcomes(one: TaskOutcomes, other: TaskOutcomes): TaskOutcomes {
  return {
    solved: one.solved + other.solved,
    failed: one.failed + other.failed,
    timedOut: one.timedOut + other.timedOut,
    excluded: addCounts(one.excluded, other.excluded),
  }
}

/** Adds tables of outcomes, task by task; ids are put in order, so that the bytes do not depend on who came first. */
export function addOutcomesByTask(one: OutcomesByTask, other: OutcomesByTask): Record<string, TaskOutcomes> {
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
  return Object.fromEntries(ids.map((id) => [id, addOutcomes(outcomesOf(one, id), outcomesOf(other, id))] as const))
}

function outcomesOf(tasks: OutcomesByTask, id: string): TaskOutcomes {
  return (Object.hasOwn(tasks, id) ? tasks[id] : undefined) ?? noOutcomes
}
