import { CancelledError, StopError } from './stop-error.ts'
import { TimeoutError } from './timeout-error.ts'

/** Why an aborted signal of a task or step was aborted: its time is up, or else its caller cancelled it. */
export function interruptionOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof StopError || reason instanceof TimeoutError ? reason : new CancelledError()
}
