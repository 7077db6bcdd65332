/** What of the agent's own refuses a call. */
export type RefusedBy =
  | 'breaker'
  | 'bulkhead'
  | 'safe mode'
  /** Those that refuse whole tasks, from around an agent. */
  | 'task breaker'
  | 'drain'
  | 'health'
  | 'budget'
  | 'harm'

/** The agent itself did not let a call through: nothing was sent, and no retry is due. */
export class RefusedError extends Error {
  static {
    this.prototype.name = 'RefusedError'
  }

  readonly by: RefusedBy
  /** When the next call can be let through, in milliseconds from the refusal; null where that is not known. */
  readonly retryAfterMs: number | null

  constructor(upstream: string, by: RefusedBy, retryAfterMs: number | null = null) {
    super(`The ${by} of ${upstream} did not let the call through.`)
    this.by = by
    this.retryAfterMs = retryAfterMs
  }
}
