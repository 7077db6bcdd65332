import * as fc from 'fast-check'
import { z } from 'zod'
import { openAiError, overloaded } from '../../wire/openai/errors.ts'
import { serviceHeaders } from '../../wire/openai/service-headers.ts'
import { jsonReply } from '../../wire/reply.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { openAiDialects } from './spoken-in.ts'
import { overloadHint } from './overload-hint.ts'

const none = z.strictObject({})
const family = 'server errors'
/** An endpoint of embeddings is none of a model's, and answers in the same words. */
const targets = ['model', 'other'] as const
const bookedOn = 'provider'

const serverError = {
  message: 'The server had an error while processing your request. Sorry about that!',
  type: 'server_error',
  param: null,
  code: null,
}
/** Two fields only, where the other errors have four. */
const timedOut = { error: { code: 'Timeout', message: 'The operation was timeout.' } }

/** Errors of OpenAI's own: 408 and the 5xx family. */
export const serverErrorMembers: readonly AnyMember[] = [
  defineMember({
    id: 'openai.500',
    family,
    targets,
    dialects: openAiDialects,
    bookedOn,
    summary: '500 server_error',
    source: 'developersdigest.tech/errors/api; the words as in vercel/ai (openai-chat-language-model.test.ts)',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: (context) => openAiError(500, serverError, serviceHeaders(context)) }),
  }),
  defineMember({
    id: 'openai.503',
    family,
    targets,
    dialects: openAiDialects,
    bookedOn,
    summary: '503 server_is_overloaded, with or without a retry-after in seconds',
    source: 'developersdigest.tech/errors/api; OpenAI guide on error codes for the words',
    ...overloadHint,
    strike: (_call, { retryAfterSeconds }) => ({
      instead: (context) => overloaded({ ...serviceHeaders(context), ...hint(retryAfterSeconds) }),
    }),
  }),
  defineMember({
    id: 'openai.408',
    family,
    targets,
    dialects: openAiDialects,
    bookedOn,
    summary: '408: the service gave the request up; clients repeat it',
    source: 'openai-node 7 client.ts (shouldRetry); code and words as Azure OpenAI sends them in public issue threads',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: (context) => jsonReply(408, timedOut, serviceHeaders(context)) }),
  }),
]

function hint(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}
