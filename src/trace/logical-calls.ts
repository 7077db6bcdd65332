import type { UpstreamKind } from '../contract/upstream-kind.ts'

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
  readonly request: PlacedRequest
  /** Model replies its task had received when it was sent; the same number for a model's own calls throughout. */
  readonly round: number
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
  /** Failed attempts that nothing has followed yet, in the order in which they failed: few, mostly none. */
  readonly #failed: Attempt[] = []
  readonly #open = new Map<number, Attempt>()
  /** Model replies by task. */
  readonly #rounds = new Map<number, number>()
  #count = 0

  /** Places a request that is being sent. */
  place(request: PlacedRequest): AttemptOf {
    const round = request.kind === 'model' ? 0 : (this.#rounds.get(request.task) ?? 0)
    const index = this.#failed.findIndex((failed) => failed.round === round && isSame(failed.request, request))
    const before = index < 0 ? undefined : this.#failed.splice(index, 1)[0]
    const attempt: Attempt =
      before === undefined
        ? { logicalCall: this.#count++, attempt: 1, previous: null, request, round }
        : {
            logicalCall: before.logicalCall,
            attempt: before.attempt + 1,
            previous: before.request.call,
            request,
            round,
          }
    this.#open.set(request.call, attempt)
    return attempt
  }

  /**
   * Forgets what was tried, for whoever tried it is gone: a request that comes after is nobody's further attempt.
   *
   * Returns the calls that were under way, in their order.
   */
  forget(): readonly number[] {
    const open = [...this.#open.keys()].toSorted((one, other) => one - other)
    this.#open.clear()
    this.#failed.length = 0
    return open
  }

  /** Notes how a call ended; only the first word on a call counts. */
  settle(call: number, isSuccess: boolean): void {
    const attempt = this.#open.get(call)
    if (attempt === undefined) return
    this.#open.delete(call)
    const { kind, task } = attempt.request
    if (!isSuccess) this.#failed.push(attempt)
    else if (kind === 'model') this.#rounds.set(task, (this.#rounds.get(task) ?? 0) + 1)
  }
}

/** The body last: it is long, and requests that differ mostly differ in its length. */
function isSame(one: PlacedRequest, other: PlacedRequest): boolean {
  return (
    one.task === other.task &&
    one.upstream === other.upstream &&
    one.method === other.method &&
    one.url === other.url &&
    one.body === other.body
  )
}
