import type { UpstreamKind } from '../contract/event.ts'

/** Where a request stands among the attempts of its logical call. */
export interface AttemptOf {
  readonly logicalCall: number
  /** From 1. */
  readonly attempt: number
  /** The upstream call that was the attempt before; null for a first attempt. */
  readonly previous: number | null
}

/** The request that is to be placed. */
export interface PlacedRequest {
  readonly call: number
  readonly task: number
  readonly upstream: string
  readonly kind: UpstreamKind
  readonly method: string
  readonly url: string
  readonly body: string
}

interface Attempt extends AttemptOf {
  readonly call: number
  readonly task: number
  readonly kind: UpstreamKind
  /** The failed attempts of equal requests that nothing has followed yet, in the order in which they failed. */
  readonly failed: Attempt[]
}

/**
 * Groups upstream calls into logical calls, from the outside.
 *
 * A request is a further attempt where the same task sent the same bytes to the same place before and that call did
 * not succeed. A model's reply begins a new round: what it asks for again is a new logical call, and no longer the
 * agent's own retry. Each failed attempt is followed by one other at most, the first to fail first: models ask for the
 * same tool twice in parallel, and the retries of the two are told apart by their number alone.
 */
export class LogicalCalls {
  /** Failed attempts to be followed, by body and, within it, by everything else that makes requests equal. */
  readonly #failed = new Map<string, Map<string, Attempt[]>>()
  readonly #byCall = new Map<number, Attempt>()
  /** Model replies by task. */
  readonly #rounds = new Map<number, number>()
  #count = 0

  /** Places a request that is being sent. */
  place({ call, task, upstream, kind, method, url, body }: PlacedRequest): AttemptOf {
    const round = kind === 'model' ? '' : (this.#rounds.get(task) ?? 0)
    const key = `${task} ${round} ${upstream} ${method} ${url}`
    // The body is a key of its own: put into one text with the rest it would be copied for every call.
    let sameBody = this.#failed.get(body)
    if (sameBody === undefined) this.#failed.set(body, (sameBody = new Map<string, Attempt[]>()))
    let failed = sameBody.get(key)
    if (failed === undefined) sameBody.set(key, (failed = []))
    const before = failed.shift()
    const attempt: Attempt =
      before === undefined
        ? { logicalCall: this.#count++, attempt: 1, previous: null, call, task, kind, failed }
        : {
            logicalCall: before.logicalCall,
            attempt: before.attempt + 1,
            previous: before.call,
            call,
            task,
            kind,
            failed,
          }
    this.#byCall.set(call, attempt)
    return attempt
  }

  /** Notes how a call ended; only the first word on a call counts. */
  settle(call: number, isSuccess: boolean): void {
    const attempt = this.#byCall.get(call)
    if (attempt === undefined) return
    this.#byCall.delete(call)
    if (!isSuccess) attempt.failed.push(attempt)
    else if (attempt.kind === 'model') this.#rounds.set(attempt.task, (this.#rounds.get(attempt.task) ?? 0) + 1)
  }
}
