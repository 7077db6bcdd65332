import * as fc from 'fast-check'
import { z } from 'zod'
import { openAiError } from '../../wire/openai/errors.ts'
import { rateLimitReached } from '../../wire/openai/rate-limit-error.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { retryAfterForms, retryAfterHeaders } from './retry-after.ts'

const waitParameters = z.strictObject({ waitMs: z.int().min(1).max(3_600_000) })
const waitArbitrary = fc.record({ waitMs: fc.constantFrom(500, 1_000, 7_000, 20_000, 59_000, 102_653) })
const noParameters = z.strictObject({})

const exhausted = {
  'x-ratelimit-limit-requests': '5000',
  'x-ratelimit-limit-tokens': '160000',
  'x-ratelimit-remaining-requests': '4999',
  'x-ratelimit-remaining-tokens': '0',
}

const billingCodes = [
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
] as const

/** Rate limits and exhausted quotas: the 429 family of `faults.md` section 1. */
export const rateLimitMembers: readonly AnyMember[] = [
  defineMember({
    id: 'openai.429.tpm',
    family: 'rate limits',
    targets: ['model'],
    summary: '429 rate_limit_exceeded on tokens per minute, with retry-after, retry-after-ms and x-ratelimit headers',
    source: 'OpenHands#1263; OpenAI community thread 1268905 for the headers',
    parameters: waitParameters,
    arbitrary: waitArbitrary,
    strike: (_call, { waitMs }) => ({
      instead: () => rateLimitReached({ limit: 'tokens', waitMs, headers: exhausted }),
    }),
  }),
  defineMember({
    id: 'openai.429.rpm',
    family: 'rate limits',
    targets: ['model'],
    summary: '429 rate_limit_exceeded on requests per minute, with retry-after and retry-after-ms',
    source: 'OpenHands#1263; OpenAI community thread 1268905 for the headers',
    parameters: waitParameters,
    arbitrary: waitArbitrary,
    strike: (_call, { waitMs }) => ({ instead: () => rateLimitReached({ limit: 'requests', waitMs }) }),
  }),
  defineMember({
    id: 'openai.429.bare',
    family: 'rate limits',
    targets: ['model'],
    summary: '429 rate_limit_exceeded without any hint how long to wait',
    source: 'field reports; Azure deployments send no usable headers',
    parameters: noParameters,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => rateLimitReached({ limit: 'requests', waitMs: 1_000, hint: false }) }),
  }),
  defineMember({
    id: 'openai.429.quota',
    family: 'rate limits',
    targets: ['model'],
    summary: '429 insufficient_quota: waiting is useless, and the SDK retries it all the same',
    source: 'vercel/ai recorded fixture openai-error.1.json; OpenHands#998',
    parameters: noParameters,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: () =>
        openAiError(429, {
          message:
            'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
          type: 'insufficient_quota',
          param: null,
          code: 'insufficient_quota',
        }),
    }),
  }),
  defineMember({
    id: 'openai.429.billing',
    family: 'rate limits',
    targets: ['model'],
    summary: '429 insufficient_quota with a billing code: spend or usage limit reached',
    source: 'developersdigest.tech/errors/api; Microsoft Dev Proxy documentation',
    parameters: z.strictObject({ code: z.enum(billingCodes) }),
    arbitrary: fc.record({ code: fc.constantFrom(...billingCodes) }),
    strike: (_call, { code }) => ({
      instead: () =>
        openAiError(429, {
          message: 'You have reached a billing limit of your account.',
          type: 'insufficient_quota',
          param: null,
          code,
        }),
    }),
  }),
  defineMember({
    id: 'openai.429.slow_down',
    family: 'rate limits',
    targets: ['model'],
    summary: '429 slow_down: reduce the rate',
    source: 'developersdigest.tech/errors/api',
    parameters: noParameters,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: () =>
        openAiError(429, {
          message: 'Slow down: your request rate rose too quickly.',
          type: 'rate_limit_error',
          param: null,
          code: 'slow_down',
        }),
    }),
  }),
  defineMember({
    id: 'retry-after',
    family: 'rate limits',
    targets: ['model'],
    summary: '429 whose retry-after takes one of the forms a client must survive',
    source: 'RFC 9110 section 10.2.3; openai-node 7 client.ts for retry-after-ms and x-should-retry',
    parameters: z.strictObject({ form: z.enum(retryAfterForms) }),
    arbitrary: fc.record({ form: fc.constantFrom(...retryAfterForms) }),
    strike: (_call, { form }) => ({
      instead: ({ nowMs }) =>
        rateLimitReached({ limit: 'requests', waitMs: 1_000, hint: false, headers: retryAfterHeaders(form, nowMs) }),
    }),
  }),
]
