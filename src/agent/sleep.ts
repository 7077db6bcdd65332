import { CancelledError } from './stop-error.ts'

/**
 * Waits for whole milliseconds; a cancelled task wakes at once, so that no wait outlives it.
 *
 * @throws {CancelledError} when the task is cancelled before or during the wait
 */
export function sleep(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new CancelledError())
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(new CancelledError())
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, waitMs)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
