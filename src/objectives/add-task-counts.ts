import { addCounts } from './add-counts.ts'
import { addTaskIndicators } from './indicators/task-indicators.ts'
import type { TaskCounts } from './task-counts.ts'
import { addOutcomesByTask } from './task-outcomes.ts'

/** Adds the counts of different tasks; associative and commutative. */
export function addTaskCounts(one: TaskCounts, other: TaskCounts): TaskCounts {
  return {
    trials: one.trials + other.trials,
    solved: one.solved + other.solved,
    failed: one.failed + other.failed,
    excluded: addCounts(one.excluded, other.excluded),
    timedOut: one.timedOut + other.timedOut,
    unfinished: one.unfinished + other.unfinished,
    toolCalls: addCounts(one.toolCalls, other.toolCalls),
    latencyMs: addCounts(one.latencyMs, other.latencyMs),
    byTask: addOutcomesByTask(one.byTask, other.byTask),
    indicators: addTaskIndicators(one.indicators, other.indicators),
  }
}
