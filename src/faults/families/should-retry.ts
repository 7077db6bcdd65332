import * as fc from 'fast-check'
import { z } from 'zod'
import { type AnthropicErrorStatus, anthropicError } from '../../wire/anthropic/errors.ts'
import { serviceHeaders as anthropicHeaders } from '../../wire/anthropic/service-headers.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { openAiError } from '../../wire/openai/errors.ts'
import { serviceHeaders } from '../../wire/openai/service-headers.ts'
import type { Reply } from '../../wire/reply.ts'
import type { UpstreamContext } from '../../wire/upstream.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { anthropicOnly, openAiDialects } from './spoken-in.ts'

const shared = {
  targets: ['model'],
  bookedOn: 'provider',
  dialects: [...openAiDialects, ...anthropicOnly],
  source: 'openai-node 7 client.ts and @anthropic-ai/sdk 1 client.ts (shouldRetry): the header wins over the status',
} as const
const retryable = [500, 504, 409] as const
const refused = [400, 404] as const
const types = {
  400: 'invalid_request_error',
  404: 'invalid_request_error',
  409: 'conflict_error',
  500: 'server_error',
  504: 'timeout_error',
} as const
const words = 'The service says in a header whether this request is worth another try.'

/** Answers whose `x-should-retry` says otherwise than their status. */
export const shouldRetryMembers: readonly AnyMember[] = [
  defineMember({
    ...shared,
    id: 'x-should-retry.false',
    family: 'server errors',
    summary: 'a status that clients repeat, with x-should-retry: false: it must not be repeated',
    parameters: z.strictObject({ status: z.literal(retryable).default(500).describe('the status') }),
    arbitrary: fc.record({ status: fc.constantFrom(...retryable) }),
    strike: (call, { status }) => ({ instead: (context) => answer(call, context, status, 'false') }),
  }),
  defineMember({
    ...shared,
    id: 'x-should-retry.true',
    family: 'rejections',
    summary: 'a status that clients do not repeat, with x-should-retry: true: it may be repeated',
    parameters: z.strictObject({ status: z.literal(refused).default(400).describe('the status') }),
    arbitrary: fc.record({ status: fc.constantFrom(...refused) }),
    strike: (call, { status }) => ({ instead: (context) => answer(call, context, status, 'true') }),
  }),
]

function answer(
  { upstream: { dialect } }: UpstreamCall,
  context: UpstreamContext,
  status: keyof typeof types & AnthropicErrorStatus,
  shouldRetry: 'true' | 'false',
): Reply {
  const wish = { 'x-should-retry': shouldRetry }
  if (dialect === 'anthropic.messages') {
    return anthropicError(status, words, { headers: { ...anthropicHeaders(context), ...wish } })
  }
  const error = { message: words, type: types[status], param: null, code: null }
  return openAiError(status, error, { ...serviceHeaders(context), ...wish })
}
