import type { RefusedBy } from '../errors/refused-error.ts'

/** A call that the agent itself did not let through. */
export interface Refusal {
  readonly upstream: string
  readonly by: RefusedBy
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number
  /** How long until the next call can be let through; absent where that is not known. */
  readonly retryAfterMs?: number
}

/** The model call that failed last. */
export interface ReportedError {
  readonly upstream: string
  /** Of the last attempt that was sent; null where it had none. */
  readonly status: number | null
  readonly code: string | null
  /** Attempts that were sent. */
  readonly attempts: number
}

/** An accuracy with the evidence that it rests on. */
export interface EvidencedAccuracy {
  readonly value: number
  readonly method: string
  readonly trials: number
  readonly successes: number
  readonly interval: [number, number]
  readonly stratum: string
}

/** A share from 0 to 1, the same with its evidence, or the statement that nothing supports a number. */
export type DeclaredAccuracy = number | 'unknown' | EvidencedAccuracy

/** What the agent says of its answer besides the answer. */
export interface Claims {
  /** The source of the chain that gave the answer, `safe_mode`, or `none` where there is no answer. */
  readonly source: string
  /** Whether anything but the primary contributed. */
  readonly degraded: boolean
  /** When a cached answer was made, in milliseconds since the Unix epoch. */
  readonly asOfMs?: number
  readonly declaredAccuracy?: DeclaredAccuracy
  /** Keys of the effects that the agent knows to have caused. */
  readonly effects: string[]
  readonly refusals: Refusal[]
  /** The failure that ended the task or made the agent fall back. */
  readonly error?: ReportedError
}

/** The last word on the claims of an outcome. */
export type Provenance = (claims: Claims) => Claims
