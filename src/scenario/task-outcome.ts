import type { TaskOutcome } from '../results/outcomes/task-outcome.ts'
import type { MeasuredTask } from './measured-task.ts'

/**
 * What became of a measured task, as results keep it for comparison.
 *
 * @param tasks ids of the scenario's tasks, in its order
 */
export function taskOutcome(
  { task, excluded, problem, timedOut, toolCalls, latencyMs }: MeasuredTask,
  tasks: readonly string[],
): TaskOutcome {
  const index = tasks.indexOf(task.id)
  if (excluded !== null) return { task: index, verdict: 'excluded', timedOut: false, toolCalls: 0, latencyMs: null }
  return { task: index, verdict: problem === null ? 'solved' : 'failed', timedOut, toolCalls, latencyMs }
}
