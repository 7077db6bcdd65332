import { CancelledError } from './stop-error.ts'

/** A call was cut because its time was up; whether the other side acted on it is unknown. */
export class TimeoutError extends Error {
  static {
    this.prototype.name = 'TimeoutError'
  }

  constructor(what: string, limitMs: number) {
    super(`${what} did not answer within ${limitMs} ms.`)
  }
}

/**
 * Runs a call until it settles, its time is up or the task is cancelled, whichever comes first.
 *
 * The call is raced as well as aborted, so that one that ignores its signal is cut too and its late result changes
 * nothing. Timer and listener are gone once the returned promise settles.
 *
 * @param limitMs whole milliseconds for the whole call, response body included
 * @throws {TimeoutError} when the time is up
 * @throws {CancelledError} when the task is cancelled
 */
export async function withDeadline<Result>(
  what: string,
  limitMs: number,
  taskSignal: AbortSignal,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (taskSignal.aborted) throw new CancelledError()
  const controller = new AbortController()
  const { promise: cut, reject } = Promise.withResolvers<never>()
  const stop = (reason: Error): void => {
    reject(reason)
    controller.abort(reason)
  }
  const onCancel = (): void => stop(new CancelledError())
  const timer = setTimeout(() => stop(new TimeoutError(what, limitMs)), limitMs)
  taskSignal.addEventListener('abort', onCancel, { once: true })
  try {
    return await Promise.race([call(controller.signal), cut])
  } finally {
    clearTimeout(timer)
    taskSignal.removeEventListener('abort', onCancel)
  }
}
