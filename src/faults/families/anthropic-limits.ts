import * as fc from 'fast-check'
import { z } from 'zod'
import { epochMs } from '../../contract/epoch.ts'
import { anthropicError } from '../../wire/anthropic/errors.ts'
import { rateLimitExceeded } from '../../wire/anthropic/rate-limit-error.ts'
import { serviceHeaders } from '../../wire/anthropic/service-headers.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { anthropicOnly as dialects } from './spoken-in.ts'

const none = z.strictObject({})
const limits = ['requests', 'input tokens', 'output tokens'] as const
/** The limits that injected answers tell of: those of the service's first tier for its newest models. */
const perMinute = { requests: 50, 'input tokens': 30_000, 'output tokens': 8_000 } as const
const shared = { family: 'rate limits', targets: ['model'], bookedOn: 'provider', dialects } as const

/** Rate limits, spend limits and unpaid bills of Anthropic. */
export const anthropicLimitMembers: readonly AnyMember[] = [
  defineMember({
    ...shared,
    id: 'anthropic.429',
    summary: '429 rate_limit_error with retry-after in seconds and the anthropic-ratelimit headers of what is used up',
    source: 'docs.claude.com/en/api/errors and /rate-limits; the words as in public issue threads',
    parameters: z.strictObject({
      limit: z.enum(limits).default('requests').describe('what is used up'),
      waitSeconds: z.int().min(1).max(3_600).default(13).describe('seconds that retry-after asks to wait'),
    }),
    arbitrary: fc.record({ limit: fc.constantFrom(...limits), waitSeconds: fc.constantFrom(1, 7, 13, 59, 90) }),
    strike: ({ view }, { limit, waitSeconds }) => ({
      instead: (context) =>
        rateLimitExceeded({
          limit,
          perMinute: perMinute[limit],
          waitMs: waitSeconds * 1_000,
          model: view.model?.model ?? 'unknown',
          headers: { ...serviceHeaders(context), ...exhausted(limit, context.nowMs + waitSeconds * 1_000) },
        }),
    }),
  }),
  defineMember({
    ...shared,
    id: 'anthropic.429.spend',
    summary: '429 of a spend limit, without retry-after: waiting is useless until the month ends',
    source: 'Microsoft Dev Proxy documentation (anthropic-529-overloaded-error); enforced_spend_limit_reached',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: (context) =>
        anthropicError(429, 'You have reached your specified API usage limits. You will regain access next month.', {
          headers: serviceHeaders(context),
          details: { error_code: 'enforced_spend_limit_reached' },
        }),
    }),
  }),
  defineMember({
    ...shared,
    id: 'anthropic.400.spend',
    summary: '400 invalid_request_error whose words alone say that the workspace has spent what it may',
    source: 'Microsoft Dev Proxy documentation; developersdigest.tech/errors/api',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: (context) =>
        anthropicError(400, 'This request would exceed the spend limit of your workspace.', {
          headers: serviceHeaders(context),
        }),
    }),
  }),
  defineMember({
    ...shared,
    id: 'anthropic.402',
    summary: '402 billing_error: the bill is unpaid',
    source: 'docs.claude.com/en/api/errors; @anthropic-ai/sdk 1 resources/shared.ts',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: (context) =>
        anthropicError(402, 'Your credit balance is too low to access the Anthropic API.', {
          headers: serviceHeaders(context),
        }),
    }),
  }),
]

/** The headers of the limit that is used up; the service gives times of reset as RFC 3339. */
function exhausted(limit: (typeof limits)[number], resetAtMs: number): Readonly<Record<string, string>> {
  const prefix = `anthropic-ratelimit-${limit.replace(' ', '-')}`
  return {
    [`${prefix}-limit`]: String(perMinute[limit]),
    [`${prefix}-remaining`]: '0',
    [`${prefix}-reset`]: new Date(epochMs + resetAtMs).toISOString().replace(/\.\d+Z$/, 'Z'),
  }
}
