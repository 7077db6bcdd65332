import { interruptionOf } from '../errors/interruption.ts'

/**
 * Waits for something that others wait for too, until the signal is aborted; the thing itself goes on.
 *
 * @throws what {@link interruptionOf} says when the signal is aborted before or meanwhile
 */
export async function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  // Nobody may be left to hear that it failed.
  promise.catch(() => {})
  if (signal.aborted) throw interruptionOf(signal)
  const { promise: left, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(interruptionOf(signal))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, left])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
