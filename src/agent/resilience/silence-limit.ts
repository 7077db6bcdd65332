import { TimeoutError } from '../errors/timeout-error.ts'

/** How long a stream may be silent; absent: as long as its whole time allows. */
export interface SilenceLimits {
  /** From sending the request to the first bytes of the reply's body, in milliseconds. */
  readonly firstTokenMs: number | undefined
  /** Between two pieces of the body, in milliseconds. */
  readonly idleMs: number | undefined
}

/**
 * Runs a stream until it settles or is silent for too long.
 *
 * Every piece counts as a sign of life, comments of the server included. A live stream that brings nothing is for the
 * limit of the whole attempt to end.
 *
 * @param stream is given a signal for its request, and a function to call for each piece that arrives
 * @throws {TimeoutError} when the silence is too long; the signal is aborted with it
 */
export async function withSilenceLimits<Result>(
  { firstTokenMs, idleMs }: SilenceLimits,
  outerSignal: AbortSignal,
  stream: (controller: AbortController, heard: () => void) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const { promise: cut, reject } = Promise.withResolvers<never>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const expect = (what: string, limitMs: number | undefined): void => {
    clearTimeout(timer)
    if (limitMs === undefined) return
    timer = setTimeout(() => {
      const reason = new TimeoutError(what, limitMs)
      reject(reason)
      controller.abort(reason)
    }, limitMs)
  }
  const onAbort = (): void => controller.abort(outerSignal.reason)
  outerSignal.addEventListener('abort', onAbort, { once: true })
  expect('The first piece of the stream', firstTokenMs)
  try {
    return await Promise.race([stream(controller, () => expect('The next piece of the stream', idleMs)), cut])
  } finally {
    clearTimeout(timer)
    outerSignal.removeEventListener('abort', onAbort)
  }
}
