import { CancelledError } from '../errors/stop-error.ts'
import { withDeadline } from '../resilience/deadline.ts'
import type { TaskRun } from '../task/task-run.ts'
import { asideFailed } from './aside.ts'
import type { CancellationSettings } from './cancellation-options.ts'

/**
 * Asks before a step whether the task is cancelled. A check that fails, hangs or says nothing of use is told, and the
 * task goes on: who cannot ask has not been told to stop.
 *
 * @throws {CancelledError} where it is, and what interrupted the task meanwhile
 */
export async function unlessCancelled(run: TaskRun): Promise<void> {
  const { cancellation } = run.settings
  if (cancellation && (await says(cancellation, run))) throw new CancelledError()
}

async function says({ isCancelled, timeoutMs }: CancellationSettings, run: TaskRun): Promise<boolean> {
  const ask = async (signal: AbortSignal): Promise<unknown> => isCancelled(run.task, { signal })
  try {
    const verdict = await withDeadline('The cancellation check', timeoutMs, run.signal, ask)
    if (typeof verdict !== 'boolean') throw new TypeError('The cancellation check said neither true nor false.')
    return verdict
  } catch (error) {
    if (run.signal.aborted) throw error
    asideFailed('cancellation_check', error, run)
    return false
  }
}
