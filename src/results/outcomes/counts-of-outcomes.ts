import { type TaskCounts, noTasks } from '../../objectives/task-counts.ts'
import { addCounts } from '../../objectives/add-counts.ts'
import type { TaskOutcome, TrialOutcome } from './task-outcome.ts'

/**
 * What the outcomes of some tasks add up to, e.g. of all but those in quarantine.
 *
 * Why a task is excluded is not among its outcomes, nor its name: `excluded` and `byTask` are empty.
 *
 * @param isWanted by the index of the task among the tasks of the scenario
 */
export function countsOfOutcomes(
  trials: Iterable<TrialOutcome>,
  isWanted: (task: number) => boolean = () => true,
): TaskCounts {
  const counted = [...trials].map((trial) =>
    trial.filter(({ task, verdict }) => verdict !== 'excluded' && isWanted(task)),
  )
  const tasks = counted.flat()
  const having = (is: (task: TaskOutcome) => boolean): number => tasks.filter(is).length
  return {
    ...noTasks,
    trials: counted.filter(({ length }) => length > 0).length,
    solved: having(({ verdict }) => verdict === 'solved'),
    failed: having(({ verdict }) => verdict === 'failed'),
    timedOut: having(({ timedOut }) => timedOut),
    unfinished: having(({ latencyMs }) => latencyMs === null),
    toolCalls: tabled(tasks.map(({ toolCalls }) => toolCalls)),
    latencyMs: tabled(tasks.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]))),
  }
}

function tabled(values: readonly number[]): Record<string, number> {
  const table: Record<string, number> = {}
  for (const value of values) table[value] = (table[value] ?? 0) + 1
  return addCounts(table, {})
}
