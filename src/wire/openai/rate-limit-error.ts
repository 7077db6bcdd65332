import type { Reply } from '../reply.ts'
import { openAiError } from './errors.ts'
import { formatReset } from './rate-limits.ts'

/** What a 429 says. */
export interface RateLimitFacts {
  readonly limit: 'requests' | 'tokens'
  /** Milliseconds until a request would fit, as the message and the default headers tell. */
  readonly waitMs: number
  /** Headers besides; they win over the `retry-after` pair made from `waitMs`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether `retry-after` and `retry-after-ms` are sent; some deployments send neither. */
  readonly hint?: boolean
}

/**
 * 429 `rate_limit_exceeded` in the service's words and headers.
 *
 * Source of the shape: error bodies and headers recorded in public issue threads (`faults.md` section 1).
 */
export function rateLimitReached({ limit, waitMs, headers = {}, hint = true }: RateLimitFacts): Reply {
  const scope = limit === 'tokens' ? 'tokens per min (TPM)' : 'requests per min (RPM)'
  const hints = hint
    ? { 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(Math.ceil(waitMs)) }
    : {}
  return openAiError(
    429,
    {
      message: `Rate limit reached for the model in organization org-shakedown on ${scope}: Limit reached. Please try again in ${formatReset(waitMs)}.`,
      type: limit,
      param: null,
      code: 'rate_limit_exceeded',
    },
    { ...hints, ...headers },
  )
}
