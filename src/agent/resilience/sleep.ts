import { interruptionOf } from '../errors/interruption.ts'

/**
 * Waits for whole milliseconds; an interrupted task wakes at once, so that no wait outlives it.
 *
 * @throws what {@link interruptionOf} says when the signal is aborted before or during the wait
 */
export function sleep(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(interruptionOf(signal))
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(interruptionOf(signal))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, waitMs)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
