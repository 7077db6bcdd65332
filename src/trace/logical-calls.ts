/** Where a request stands among the attempts of its logical call. */
export interface AttemptOf {
  readonly logicalCall: number
  /** From 1. */
  readonly attempt: number
  /** The upstream call that was the attempt before; null for a first attempt. */
  readonly previous: number | null
}

interface Attempt extends AttemptOf {
  readonly call: number
  state: 'open' | 'failed' | 'done'
}

/**
 * Groups upstream calls into logical calls, from the outside.
 *
 * A request is a further attempt where the same task sent the same bytes to the same place before and that call did
 * not succeed. While an equal request is still open a second one is a call of its own: models ask for the same tool
 * twice in parallel.
 */
export class LogicalCalls {
  readonly #latest = new Map<string, Attempt>()
  readonly #byCall = new Map<number, Attempt>()
  #count = 0

  /** Places a request that is being sent. */
  place(call: number, task: number, upstream: string, method: string, url: string, body: string): AttemptOf {
    const key = `${task} ${upstream} ${method} ${url} ${body}`
    const before = this.#latest.get(key)
    const attempt: Attempt =
      before?.state === 'failed'
        ? { logicalCall: before.logicalCall, attempt: before.attempt + 1, previous: before.call, call, state: 'open' }
        : { logicalCall: this.#count++, attempt: 1, previous: null, call, state: 'open' }
    this.#latest.set(key, attempt)
    this.#byCall.set(call, attempt)
    return attempt
  }

  /** Notes how a call ended. */
  settle(call: number, isSuccess: boolean): void {
    const attempt = this.#byCall.get(call)
    if (attempt === undefined) return
    attempt.state = isSuccess ? 'done' : 'failed'
    this.#byCall.delete(call)
  }
}
