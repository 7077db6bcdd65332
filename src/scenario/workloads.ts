import { usageError } from '../contract/errors.ts'
import type { WorkloadInput } from '../contract/workload.ts'

/** Tasks one after another: each starts once the one before has ended and its own time has come. */
function inARow(
  tasks: readonly string[],
  count: number,
  { fromMs = 0, everyMs = 0 }: { readonly fromMs?: number; readonly everyMs?: number } = {},
): WorkloadInput {
  return { order: 'sequence', arrivals: arrivalsOf(tasks, count, (index) => fromMs + index * everyMs) }
}

/** Tasks at the same time, or so close together that they overlap. */
function burst(
  tasks: readonly string[],
  count: number,
  { atMs = 0, spreadMs = 0 }: { readonly atMs?: number; readonly spreadMs?: number } = {},
): WorkloadInput {
  const gapMs = count > 1 ? spreadMs / (count - 1) : 0
  return { order: 'overlap', arrivals: arrivalsOf(tasks, count, (index) => atMs + Math.floor(index * gapMs)) }
}

/** Several workloads on one agent: their arrivals side by side, each at its own time. */
function together(...parts: readonly WorkloadInput[]): WorkloadInput {
  return { order: 'overlap', arrivals: parts.flatMap(({ arrivals }) => arrivals) }
}

/**
 * Workloads as incidents bring them, to be combined: `workloads.together(workloads.burst(…), …)`.
 *
 * Tasks are taken in turns until the count is reached; times are virtual milliseconds after the start of the trial.
 */
export const workloads = { inARow, burst, together }

function arrivalsOf(
  tasks: readonly string[],
  count: number,
  atMs: (index: number) => number,
): WorkloadInput['arrivals'] {
  return Array.from({ length: count }, (_, index) => {
    const task = tasks[index % tasks.length]
    if (task === undefined) {
      throw usageError('NO_TASKS', `a workload of ${count} tasks was given no task ids; name at least one.`)
    }
    return { task, atMs: atMs(index) }
  })
}
