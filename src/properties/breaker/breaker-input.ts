/**
 * How a call ended, as a breaker has to see it.
 *
 * `success` and `failure` count. `neutral` is the caller's own mistake and `cancelled` its own wish: neither counts.
 * `uncounted` went wrong in a way that the profile says does not count, `unknown` in one that it is silent about.
 * `any` ended after its task was cancelled: whether the breaker heard of the end or of the cancellation is not visible.
 */
export type CallVerdict = 'success' | 'failure' | 'neutral' | 'cancelled' | 'uncounted' | 'unknown' | 'any'

interface Input {
  /** Position in the trial; where virtual time stands still, this is the order. */
  readonly seq: number
  readonly at: number
  readonly upstream: string
  readonly task: number
}

/** A call that passes the breaker leaves for its upstream. */
export interface Admission extends Input {
  readonly type: 'admission'
  /** The call with which the logical call began, where those are counted; else this one. */
  readonly call: number
  /** The ordinal of this very request. */
  readonly request: number
  /** Position at which its task started: what was known then, the call cannot ignore. */
  readonly taskSeq: number
  /** Milliseconds after which the agent gives the call up, where it declares that. */
  readonly dueMs: number | null
  /** Only where logical calls are counted: the one that this request may repeat without passing the breaker again. */
  readonly repeats: number | null
}

/** A call is over, as far as the wire shows. */
export interface Completion extends Input {
  readonly type: 'completion'
  readonly call: number
  readonly verdict: CallVerdict
  /** Whether the agent may still repeat it within the same logical call. */
  readonly mayBeRepeated: boolean
}

/** A task is over, so that calls of it that might have been repeated will not be. */
export interface Settlement extends Input {
  readonly type: 'settlement'
  readonly calls: readonly number[]
}

/** The agent did not let a call through, at some time from `from` to `to`. */
export interface LocalRefusal extends Input {
  readonly type: 'refusal'
  readonly from: number
  readonly to: number
  /** Whether the agent said so, or a task came to nothing without the call that it wanted. */
  readonly isClaimed: boolean
}

/** What a breaker has no business to count: a success of another source, a refusal by a bulkhead. */
export interface Elsewhere extends Input {
  readonly type: 'elsewhere'
  readonly what: 'success' | 'bulkhead'
}

export type BreakerInput = Admission | Completion | Settlement | LocalRefusal | Elsewhere
