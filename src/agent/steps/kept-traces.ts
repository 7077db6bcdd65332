import { withDeadline } from '../resilience/deadline.ts'
import type { TaskRun } from '../task/task-run.ts'
import { asideFailed } from './aside.ts'

/** Nobody's answer waits longer than this for what only serves those who look on. */
const limitMs = 1_000

/**
 * Keeps what was sent to providers and answered since this was done last; a failure of it is told, and fails nothing.
 *
 * What the task is waiting for by then is over, so that its cancellation does not cost the traces.
 *
 * @returns whether nothing of it is lost
 */
export async function keepTraces(run: TaskRun): Promise<boolean> {
  const { journal, traces } = run
  if (!journal || !traces) return true
  try {
    await withDeadline('The store', limitMs, new AbortController().signal, (signal) =>
      journal.traced(traces.take(), { signal }),
    )
    return true
  } catch (error) {
    asideFailed('trace', error, run)
    return false
  }
}
