import type { Reply } from '../reply.ts'
import { anthropicError } from './errors.ts'
import type { AnthropicLimitExceeded } from './rate-limits.ts'
import { organizationId } from './service-headers.ts'

/** What a 429 says. */
export interface AnthropicRateLimitFacts extends AnthropicLimitExceeded {
  readonly model: string
  /** Headers besides, `request-id` among them; they win over the `retry-after` made from `waitMs`. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * 429 `rate_limit_error` in the service's words, with `retry-after` in whole seconds.
 *
 * A request that is larger than the limit itself gets no time to wait, for none would help.
 * Source of the words: error bodies recorded in public issue threads and logs of 2026.
 */
export function rateLimitExceeded({ limit, perMinute, waitMs, model, headers }: AnthropicRateLimitFacts): Reply {
  const hint: Record<string, string> = Number.isFinite(waitMs)
    ? { 'retry-after': String(Math.ceil(waitMs / 1000)) }
    : {}
  const perMinuteWords = `${perMinute.toLocaleString('en-US')} ${limit} per minute`
  return anthropicError(
    429,
    `This request would exceed your organization's rate limit of ${perMinuteWords} (org: ${organizationId}, model: ${model}). For details, refer to: https://docs.claude.com/en/api/rate-limits. You can see the response headers for current usage. Please reduce the prompt length or the maximum tokens requested, or try again later. You may also contact sales at https://claude.com/contact-sales to discuss your options for a rate limit increase.`,
    { headers: { ...hint, ...headers } },
  )
}
