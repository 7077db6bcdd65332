import * as fc from 'fast-check'
import { z } from 'zod'
import { unanswered } from '../../wire/openai/chat-history.ts'
import { type OpenAiError, openAiError } from '../../wire/openai/errors.ts'
import { invalidRequest } from '../../wire/openai/refused-requests.ts'
import { serviceHeaders } from '../../wire/openai/service-headers.ts'
import { callWithoutOutput } from '../../wire/openai-responses/response-history.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { jsonReply } from '../../wire/reply.ts'
import { type AnyMember, type Budget, defineMember } from '../catalogue-member.ts'
import { openAiConversations, openAiDialects } from './spoken-in.ts'

const type = 'invalid_request_error'
/** Where the request has no tool call to blame. */
const unknownCall = 'call_9aB3xQ7LkWm2RtYv5ZcN0dEf'
const field = 'messages[0].content'

/** What FastAPI says of a body that does not fit, as OpenAI-compatible servers pass it on. */
const unprocessable = {
  detail: [{ loc: ['body', 'messages', 0, 'content'], msg: 'field required', type: 'value_error.missing' }],
}

/** Requests that the provider will not take: asking again the same way is useless. */
export const rejectionMembers: readonly AnyMember[] = [
  rejection(400, '400 invalid_request_error: a field has the wrong type', 'agent', () => ({
    message: `Invalid type for '${field}': expected one of a string or array of objects, but got an integer instead.`,
    type,
    param: field,
    code: 'invalid_type',
  })),
  rejection(401, '401 invalid_api_key: the key was revoked', 'agent', () => ({
    message:
      'Incorrect API key provided: sk-*****. You can find your API key at https://platform.openai.com/account/api-keys.',
    type,
    param: null,
    code: 'invalid_api_key',
  })),
  rejection(403, '403 request_forbidden: the account may not do this from here', 'agent', () => ({
    message: 'Country, region, or territory not supported',
    type: 'request_forbidden',
    param: null,
    code: 'unsupported_country_region_territory',
  })),
  rejection(404, '404 model_not_found: the model was retired', 'provider', ({ view }) => ({
    message: `The model \`${view.model?.model ?? 'unknown'}\` does not exist or you do not have access to it.`,
    type,
    param: null,
    code: 'model_not_found',
  })),
  rejection(409, '409: the resource was changed by another request; clients repeat it', 'provider', () => ({
    message: 'The resource was updated by another request. Please retry your request.',
    type: 'conflict_error',
    param: null,
    code: null,
  })),
  defineMember({
    id: 'openai.400.pairing',
    family: 'rejections',
    targets: ['model'],
    dialects: openAiConversations,
    bookedOn: 'agent',
    summary: '400: a tool call without its result; the same request fails until the history is mended',
    source: 'public issue threads; the endpoints here say the same of a history that really is unpaired',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike: ({ upstream: { dialect }, view }) => ({
      instead(context) {
        const id = view.model?.toolCalls.at(-1)?.id ?? unknownCall
        const problem =
          dialect === 'openai.responses' ? callWithoutOutput(id) : { message: unanswered([id]), param: 'messages' }
        return invalidRequest(problem, serviceHeaders(context))
      },
    }),
  }),
  defineMember({
    id: 'openai.422',
    family: 'rejections',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn: 'agent',
    summary: "422 with a validator's list of what is wrong, and no error envelope",
    source: "openai-node 7 core/error.ts (UnprocessableEntityError); FastAPI's validation error",
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike: () => ({ instead: (context) => jsonReply(422, unprocessable, serviceHeaders(context)) }),
  }),
]

function rejection(
  status: 400 | 401 | 403 | 404 | 409,
  summary: string,
  bookedOn: Budget,
  errorFor: (call: UpstreamCall) => OpenAiError,
): AnyMember {
  return defineMember({
    id: `openai.${status}`,
    family: 'rejections',
    targets: ['model', 'other'],
    dialects: openAiDialects,
    bookedOn,
    summary,
    source: 'developersdigest.tech/errors/api; the words as recorded in public issue threads',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike: (call) => ({ instead: (context) => openAiError(status, errorFor(call), serviceHeaders(context)) }),
  })
}
