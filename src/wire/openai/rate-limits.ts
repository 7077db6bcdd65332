/** Limits of an account for one model. */
export interface RateLimits {
  readonly requestsPerMinute: number
  readonly tokensPerMinute: number
}

/** A bucket that refills continuously, as the service's limits do. */
class TokenBucket {
  readonly capacity: number
  #level: number
  #asOfMs = 0

  constructor(capacity: number) {
    this.capacity = capacity
    this.#level = capacity
  }

  /** Takes an amount if it is there. */
  take(amount: number, nowMs: number): boolean {
    this.#refill(nowMs)
    if (amount > this.#level) return false
    this.#level -= amount
    return true
  }

  get remaining(): number {
    return Math.floor(this.#level)
  }

  /** Milliseconds until the bucket is full again. */
  get resetMs(): number {
    return ((this.capacity - this.#level) / this.capacity) * 60_000
  }

  /** Milliseconds until an amount is there. */
  waitMs(amount: number): number {
    return Math.max(0, ((Math.min(amount, this.capacity) - this.#level) / this.capacity) * 60_000)
  }

  #refill(nowMs: number): void {
    this.#level = Math.min(this.capacity, this.#level + ((nowMs - this.#asOfMs) / 60_000) * this.capacity)
    this.#asOfMs = nowMs
  }
}

/** Why a request did not fit, and when it would. */
export interface LimitExceeded {
  readonly limit: 'requests' | 'tokens'
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

  /** Charges a request; null where it fits. */
  admit(tokens: number, nowMs: number): LimitExceeded | null {
    if (!this.#requests.take(1, nowMs)) return { limit: 'requests', waitMs: this.#requests.waitMs(1) }
    if (!this.#tokens.take(tokens, nowMs)) return { limit: 'tokens', waitMs: this.#tokens.waitMs(tokens) }
    return null
  }

  /** The six `x-ratelimit-*` headers after what has been charged so far. */
  headers(): Record<string, string> {
    return {
      'x-ratelimit-limit-requests': String(this.#requests.capacity),
      'x-ratelimit-limit-tokens': String(this.#tokens.capacity),
      'x-ratelimit-remaining-requests': String(this.#requests.remaining),
      'x-ratelimit-remaining-tokens': String(this.#tokens.remaining),
      'x-ratelimit-reset-requests': formatReset(this.#requests.resetMs),
      'x-ratelimit-reset-tokens': formatReset(this.#tokens.resetMs),
    }
  }
}

/** A duration as the service writes it: `12ms`, `1.5s`, `6m0s`. */
export function formatReset(durationMs: number): string {
  const ms = Math.ceil(durationMs)
  if (ms < 1000) return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const seconds = (ms % 60_000) / 1000
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`
}
