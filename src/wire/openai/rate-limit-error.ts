import type { Reply } from '../reply.ts'
import { openAiError } from './errors.ts'
import { type LimitExceeded, formatReset } from './rate-limits.ts'

/** What a 429 says. */
export interface RateLimitFacts extends LimitExceeded {
  readonly model: string
  /** Headers besides; they win over the `retry-after` pair made from `waitMs`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether `retry-after` and `retry-after-ms` are sent; some deployments send neither. */
  readonly hint?: boolean
}

const scopes = { requests: 'requests per min (RPM)', tokens: 'tokens per min (TPM)' } as const

/**
 * 429 `rate_limit_exceeded` in the service's words and headers.
 *
 * A request that is larger than the limit itself is told so, without a time to wait, for none would help.
 * Source of the shape: error bodies and headers recorded in public issue threads, OpenHands#1263 among them.
 */
export function rateLimitReached(facts: RateLimitFacts): Reply {
  const { limit, waitMs, headers = {}, hint = true } = facts
  const isHopeless = waitMs === Number.POSITIVE_INFINITY
  const message = isHopeless ? tooLargeWords(facts) : tryAgainWords(facts)
  const hints: Record<string, string> =
    hint && !isHopeless
      ? { 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(Math.ceil(waitMs)) }
      : {}
  return openAiError(429, { message, type: limit, param: null, code: 'rate_limit_exceeded' }, { ...hints, ...headers })
}

/** What is used up follows from the wait, because the limit refills continuously. */
function tryAgainWords({ limit, perMinute, requested, waitMs, model }: RateLimitFacts): string {
  const used = perMinute - requested + Math.round((waitMs / 60_000) * perMinute)
  return `Rate limit reached for ${model} in organization org-shakedown on ${scopes[limit]}: Limit ${perMinute}, Used ${used}, Requested ${requested}. Please try again in ${formatReset(waitMs)}.`
}

function tooLargeWords({ limit, perMinute, requested, model }: RateLimitFacts): string {
  return `Request too large for ${model} in organization org-shakedown on ${scopes[limit]}: Limit ${perMinute}, Requested ${requested}. The input or output tokens must be reduced in order to run successfully.`
}
