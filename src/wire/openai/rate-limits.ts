import { TokenBucket } from '../token-bucket.ts'

/** Limits of an account for one model. */
export interface RateLimits {
  readonly requestsPerMinute: number
  readonly tokensPerMinute: number
}

/** Why a request did not fit, and when it would. */
export interface LimitExceeded {
  readonly limit: 'requests' | 'tokens'
  readonly perMinute: number
  readonly requested: number
  /** Milliseconds; infinite for a request that is larger than the limit itself. */
  readonly waitMs: number
}

/** The account's limits as one trial uses them up, and the headers that say so. */
export class RateLimiter {
  readonly #requests: TokenBucket
  readonly #tokens: TokenBucket

  constructor({ requestsPerMinute, tokensPerMinute }: RateLimits) {
    this.#requests = new TokenBucket(requestsPerMinute)
    this.#tokens = new TokenBucket(tokensPerMinute)
  }

  /** Charges a request; null where it fits. A request without room for its tokens counts as a request all the same. */
  admit(tokens: number, nowMs: number): LimitExceeded | null {
    this.#refill(nowMs)
    if (!this.#requests.take(1)) return exceeded('requests', this.#requests, 1)
    if (!this.#tokens.take(tokens)) return exceeded('tokens', this.#tokens, tokens)
    return null
  }

  /** The six `x-ratelimit-*` headers after what has been charged so far. */
  headers(nowMs: number): Record<string, string> {
    this.#refill(nowMs)
    return {
      'x-ratelimit-limit-requests': String(this.#requests.capacity),
      'x-ratelimit-limit-tokens': String(this.#tokens.capacity),
      'x-ratelimit-remaining-requests': String(this.#requests.remaining),
      'x-ratelimit-remaining-tokens': String(this.#tokens.remaining),
      'x-ratelimit-reset-requests': formatReset(this.#requests.resetMs),
      'x-ratelimit-reset-tokens': formatReset(this.#tokens.resetMs),
    }
  }

  #refill(nowMs: number): void {
    this.#requests.refill(nowMs)
    this.#tokens.refill(nowMs)
  }
}

function exceeded(limit: LimitExceeded['limit'], bucket: TokenBucket, requested: number): LimitExceeded {
  return { limit, perMinute: bucket.capacity, requested, waitMs: bucket.waitMs(requested) }
}

/** A duration as the service writes it: `12ms`, `1.5s`, `6m0s`, `1h0m0s`. */
export function formatReset(durationMs: number): string {
  const ms = Math.ceil(durationMs)
  if (ms < 1000) return `${ms}ms`
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = `${(ms % 60_000) / 1000}s`
  if (hours > 0) return `${hours}h${minutes}m${seconds}`
  return minutes > 0 ? `${minutes}m${seconds}` : seconds
}
