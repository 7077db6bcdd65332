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
  state: 'open' | 'failed' | 'done'
}

/**
 * Groups upstream calls into logical calls, from the outside.
 *
 * A request is a further attempt where the same task sent the same bytes to the same place before and that call did
 * not succeed. A model's reply begins a new round: what it asks for again is a new logical call, and no longer the
 * agent's own retry. While an equal request is still open a second one is a call of its own: models ask for the same tool
 * twice in parallel.
 */
export class LogicalCalls {
  /** The latest attempts by body and, within it, by everything else. */
  readonly #latest = new Map<string, Map<string, Attempt>>()
  readonly #byCall = new Map<number, Attempt>()
  /** Model replies by task. */
  readonly #rounds = new Map<number, number>()
  #count = 0

  /** Places a request that is being sent. */
  place({ call, task, upstream, kind, method, url, body }: PlacedRequest): AttemptOf {
    const round = kind === 'model' ? '' : (this.#rounds.get(task) ?? 0)
    const key = `${task} ${round} ${upstream} ${method} ${url}`
    // The body is a key of its own: put into one text with the rest it would be copied for every call.
    let sameBody = this.#latest.get(body)
    if (sameBody === undefined) this.#latest.set(body, (sameBody = new Map()))
    const before = sameBody.get(key)
    const attempt: Attempt =
      before?.state === 'failed'
        ? {
            logicalCall: before.logicalCall,
            attempt: before.attempt + 1,
            previous: before.call,
            call,
            task,
            kind,
            state: 'open',
          }
        : { logicalCall: this.#count++, attempt: 1, previous: null, call, task, kind, state: 'open' }
    sameBody.set(key, attempt)
    this.#byCall.set(call, attempt)
    return attempt
  }

  /** Notes how a call ended. */
  settle(call: number, isSuccess: boolean): void {
    const attempt = this.#byCall.get(call)
    if (attempt === undefined) return
    attempt.state = isSuccess ? 'done' : 'failed'
    if (isSuccess && attempt.kind === 'model') this.#rounds.set(attempt.task, (this.#rounds.get(attempt.task) ?? 0) + 1)
    this.#byCall.delete(call)
  }
}
