import { epochMs } from '../../contract/epoch.ts'
import { TokenBucket } from '../token-bucket.ts'

/** Limits of an account for one model. */
export interface AnthropicRateLimits {
  readonly requestsPerMinute: number
  readonly inputTokensPerMinute: number
  readonly outputTokensPerMinute: number
}

/** Why a request did not fit, and when it would. */
export interface AnthropicLimitExceeded {
  readonly limit: 'requests' | 'input tokens' | 'output tokens'
  readonly perMinute: number
  /** Milliseconds; infinite for a request that is larger than the limit itself. */
  readonly waitMs: number
}

/** The account's limits as one trial uses them up, and the headers that say so. */
export class AnthropicRateLimiter {
  readonly #requests: TokenBucket
  readonly #input: TokenBucket
  readonly #output: TokenBucket

  constructor({ requestsPerMinute, inputTokensPerMinute, outputTokensPerMinute }: AnthropicRateLimits) {
    this.#requests = new TokenBucket(requestsPerMinute)
    this.#input = new TokenBucket(inputTokensPerMinute)
    this.#output = new TokenBucket(outputTokensPerMinute)
  }

  /**
   * Charges a request; null where it fits. A request without room for its tokens counts as a request all the same.
   *
   * Output is not charged ahead: a request fits while any output is left, whatever its `max_tokens`.
   */
  admit(inputTokens: number, nowMs: number): AnthropicLimitExceeded | null {
    this.#refill(nowMs)
    if (!this.#requests.take(1)) return exceeded('requests', this.#requests, 1)
    if (this.#output.remaining < 1) return exceeded('output tokens', this.#output, 1)
    if (!this.#input.take(inputTokens)) return exceeded('input tokens', this.#input, inputTokens)
    return null
  }

  /** Charges what a reply turned out to cost. */
  spendOutput(outputTokens: number): void {
    this.#output.spend(outputTokens)
  }

  /**
   * The twelve `anthropic-ratelimit-*` headers after what has been charged so far.
   *
   * Tokens that remain are rounded to the nearest thousand, and `tokens` is input and output together. Times are whole
   * seconds: until when the limit is full again.
   * Source of the shape: docs.claude.com/en/api/rate-limits ("Response headers"), and headers recorded in public
   * cassettes of the CRAN package tidyllm.
   */
  headers(nowMs: number): Record<string, string> {
    this.#refill(nowMs)
    const [requests, input, output] = [this.#requests, this.#input, this.#output]
    return {
      ...limitHeaders('requests', requests.capacity, requests.remaining, nowMs + requests.resetMs),
      ...limitHeaders(
        'tokens',
        input.capacity + output.capacity,
        inThousands(input.remaining + output.remaining),
        nowMs + Math.max(input.resetMs, output.resetMs),
      ),
      ...limitHeaders('input-tokens', input.capacity, inThousands(input.remaining), nowMs + input.resetMs),
      ...limitHeaders('output-tokens', output.capacity, inThousands(output.remaining), nowMs + output.resetMs),
    }
  }

  #refill(nowMs: number): void {
    this.#requests.refill(nowMs)
    this.#input.refill(nowMs)
    this.#output.refill(nowMs)
  }
}

function exceeded(
  limit: AnthropicLimitExceeded['limit'],
  bucket: TokenBucket,
  requested: number,
): AnthropicLimitExceeded {
  return { limit, perMinute: bucket.capacity, waitMs: bucket.waitMs(requested) }
}

function limitHeaders(limit: string, capacity: number, remaining: number, fullAtMs: number): Record<string, string> {
  const name = `anthropic-ratelimit-${limit}`
  return {
    [`${name}-limit`]: String(capacity),
    [`${name}-remaining`]: String(remaining),
    [`${name}-reset`]: formatTime(fullAtMs),
  }
}

function inThousands(tokens: number): number {
  return Math.round(tokens / 1000) * 1000
}

/** A virtual time as RFC 3339 in whole seconds, never too early: `2026-01-01T00:00:30Z`. */
function formatTime(atMs: number): string {
  const seconds = Math.ceil((epochMs + atMs) / 1000)
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}
