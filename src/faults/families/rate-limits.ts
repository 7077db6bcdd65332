import * as fc from 'fast-check'
import { z } from 'zod'
import { rateLimitExceeded } from '../../wire/anthropic/rate-limit-error.ts'
import { serviceHeaders as anthropicHeaders } from '../../wire/anthropic/service-headers.ts'
import { openAiError } from '../../wire/openai/errors.ts'
import { rateLimitReached } from '../../wire/openai/rate-limit-error.ts'
import { serviceHeaders } from '../../wire/openai/service-headers.ts'
import type { UpstreamContext } from '../../wire/upstream.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import type { Reply } from '../../wire/reply.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { retryAfterForms, retryAfterHeaders } from './retry-after.ts'
import { openAiDialects } from './spoken-in.ts'

const waitParameters = z.strictObject({
  waitMs: z.int().min(1).max(3_600_000).default(1_000).describe('milliseconds that the hint asks to wait'),
})
const waitArbitrary = fc.record({ waitMs: fc.constantFrom(500, 1_000, 7_000, 20_000, 59_000, 102_653) })
const noParameters = z.strictObject({})

/** The limits that injected answers tell of. */
const perMinute = { requests: 5_000, tokens: 160_000 } as const

const billingCodes = [
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
] as const

const quotaWords =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.'
const billingWords = 'You have reached a billing limit of your account.'
const slowDownWords = 'Slow down: your request rate rose too quickly.'

/** Rate limits and exhausted quotas: the 429 family. */
export const rateLimitMembers: readonly AnyMember[] = [
  defineMember({
    id: 'openai.429.tpm',
    family: 'rate limits',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn: 'provider',
    summary: '429 rate_limit_exceeded on tokens per minute, with retry-after, retry-after-ms and x-ratelimit headers',
    source: 'OpenHands#1263; OpenAI community thread 1268905 for the headers',
    parameters: waitParameters,
    arbitrary: waitArbitrary,
    strike: (call, { waitMs }) => ({
      instead: (context) => reached(call, 'tokens', waitMs, { ...serviceHeaders(context), ...exhausted('tokens') }),
    }),
  }),
  defineMember({
    id: 'openai.429.rpm',
    family: 'rate limits',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn: 'provider',
    summary: '429 rate_limit_exceeded on requests per minute, with retry-after, retry-after-ms and x-ratelimit headers',
    source: 'OpenHands#1263; OpenAI community thread 1268905 for the headers',
    parameters: waitParameters,
    arbitrary: waitArbitrary,
    strike: (call, { waitMs }) => ({
      instead: (context) => reached(call, 'requests', waitMs, { ...serviceHeaders(context), ...exhausted('requests') }),
    }),
  }),
  defineMember({
    id: 'openai.429.bare',
    family: 'rate limits',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn: 'provider',
    summary: '429 rate_limit_exceeded without any hint how long to wait',
    source: 'field reports; Azure deployments send no usable headers',
    parameters: noParameters,
    arbitrary: fc.constant({}),
    strike: (call) => ({ instead: (context) => withoutHint(call, serviceHeaders(context)) }),
  }),
  defineMember({
    id: 'openai.429.quota',
    family: 'rate limits',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn: 'provider',
    summary: '429 insufficient_quota: waiting is useless, and the SDK retries it all the same',
    source: 'vercel/ai recorded fixture openai-error.1.json; OpenHands#998',
    parameters: noParameters,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: (context) => refused(context, quotaWords, 'insufficient_quota', 'insufficient_quota') }),
  }),
  defineMember({
    id: 'openai.429.billing',
    family: 'rate limits',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn: 'provider',
    summary: '429 insufficient_quota with a billing code: spend or usage limit reached',
    source: 'developersdigest.tech/errors/api; Microsoft Dev Proxy documentation',
    parameters: z.strictObject({
      code: z.enum(billingCodes).default('credit_balance_exhausted').describe('which limit of the account'),
    }),
    arbitrary: fc.record({ code: fc.constantFrom(...billingCodes) }),
    strike: (_call, { code }) => ({ instead: (context) => refused(context, billingWords, 'insufficient_quota', code) }),
  }),
  defineMember({
    id: 'openai.429.slow_down',
    family: 'rate limits',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn: 'provider',
    summary: '429 slow_down: reduce the rate',
    source: 'developersdigest.tech/errors/api',
    parameters: noParameters,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: (context) => refused(context, slowDownWords, 'rate_limit_error', 'slow_down') }),
  }),
  defineMember({
    id: 'retry-after',
    family: 'rate limits',
    targets: ['model', 'other'],
    dialects: [...openAiDialects, 'anthropic.messages'],
    bookedOn: 'provider',
    summary: '429 whose retry-after takes one of the forms a client must survive',
    source: 'RFC 9110 section 10.2.3; openai-node 7 client.ts for retry-after-ms and x-should-retry',
    parameters: z.strictObject({
      form: z.enum(retryAfterForms).default('seconds_61').describe('what the hint says'),
    }),
    arbitrary: fc.record({ form: fc.constantFrom(...retryAfterForms) }),
    strike: (call, { form }) => ({
      instead: (context) => {
        const hint = retryAfterHeaders(form, context.nowMs)
        return call.upstream.dialect === 'anthropic.messages'
          ? anthropicLimit(call, context, hint)
          : withoutHint(call, { ...serviceHeaders(context), ...hint })
      },
    }),
  }),
]

type Headers = Readonly<Record<string, string>>

/** The six headers of an account whose one limit is used up; the reset times are those that were recorded. */
function exhausted(limit: 'requests' | 'tokens'): Headers {
  return {
    'x-ratelimit-limit-requests': String(perMinute.requests),
    'x-ratelimit-limit-tokens': String(perMinute.tokens),
    'x-ratelimit-remaining-requests': limit === 'requests' ? '0' : String(perMinute.requests - 1),
    'x-ratelimit-remaining-tokens': limit === 'tokens' ? '0' : String(perMinute.tokens - 1),
    'x-ratelimit-reset-requests': limit === 'requests' ? '6m0s' : '12ms',
    'x-ratelimit-reset-tokens': limit === 'tokens' ? '6m0s' : '1ms',
  }
}

function reached({ view }: UpstreamCall, limit: 'requests' | 'tokens', waitMs: number, headers: Headers): Reply {
  const requested = limit === 'requests' ? 1 : (view.model?.inputTokens ?? 0)
  const model = view.model?.model ?? 'unknown'
  return rateLimitReached({ limit, perMinute: perMinute[limit], requested, waitMs, model, headers })
}

/** A 429 whose headers say what they say, and nothing of a wait by themselves. */
function withoutHint({ view }: UpstreamCall, headers: Headers): Reply {
  const model = view.model?.model ?? 'unknown'
  const facts = { limit: 'requests', perMinute: perMinute.requests, requested: 1, waitMs: 1_000 } as const
  return rateLimitReached({ ...facts, model, headers, hint: false })
}

/** 429 in the service's envelope, with the headers that every answer of it has. */
function refused(context: UpstreamContext, message: string, type: string, code: string): Reply {
  return openAiError(429, { message, type, param: null, code }, serviceHeaders(context))
}

/** The same of Anthropic, whose answer tells of no wait by itself either. */
function anthropicLimit({ view }: UpstreamCall, context: UpstreamContext, hint: Headers): Reply {
  const model = view.model?.model ?? 'unknown'
  const headers = { ...anthropicHeaders(context), ...hint }
  return rateLimitExceeded({ limit: 'requests', perMinute: 50, waitMs: Number.POSITIVE_INFINITY, model, headers })
}
