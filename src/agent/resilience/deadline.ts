import { interruptionOf } from '../errors/interruption.ts'
import { TimeoutError } from '../errors/timeout-error.ts'

/**
 * Runs a call until it settles, its time is up or its signal is aborted, whichever comes first.
 *
 * The call is raced as well as aborted, so that one that ignores its signal is cut too and its late result changes
 * nothing. Timer and listener are gone once the returned promise settles.
 *
 * @param limitMs whole milliseconds for the whole call, response body included
 * @throws {TimeoutError} when the time is up
 * @throws what {@link interruptionOf} says when the signal of the task or step is aborted
 */
export async function withDeadline<Result>(
  what: string,
  limitMs: number,
  outerSignal: AbortSignal,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (outerSignal.aborted) throw interruptionOf(outerSignal)
  const controller = new AbortController()
  const { promise: cut, reject } = Promise.withResolvers<never>()
  const stop = (reason: Error): void => {
    reject(reason)
    controller.abort(reason)
  }
  const onAbort = (): void => stop(interruptionOf(outerSignal))
  const timer = setTimeout(() => stop(new TimeoutError(what, limitMs)), limitMs)
  outerSignal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([call(controller.signal), cut])
  } finally {
    clearTimeout(timer)
    outerSignal.removeEventListener('abort', onAbort)
  }
}
