import * as fc from 'fast-check'
import { z } from 'zod'
import { contextLengthExceeded, openAiError } from '../../wire/openai/errors.ts'
import { serviceHeaders } from '../../wire/openai/service-headers.ts'
import { anyFunction } from '../../wire/seam.ts'
import { onceReturned } from './at-function.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { valueWithText, withText } from './with-text.ts'
import { openAiConversations } from './spoken-in.ts'

const windowParameters = z.strictObject({
  windowTokens: z.int().min(1).default(8_192).describe('tokens that the error says the window holds'),
})
const windowArbitrary = fc.record({ windowTokens: fc.constantFrom(8_192, 16_385, 128_000) })

/** Tokens by which an injected error claims the window was missed. */
const excessTokens = 35

/** Requests that no longer fit. */
export const contextOverflowMembers: readonly AnyMember[] = [
  defineMember({
    id: 'openai.400.context',
    family: 'context overflows',
    targets: ['model'],
    dialects: openAiConversations,
    bookedOn: 'agent',
    summary: '400 context_length_exceeded: the messages are too long',
    source: 'crewAI-examples#121, chathub#126',
    parameters: windowParameters,
    arbitrary: windowArbitrary,
    strike: (_call, { windowTokens }) => ({
      instead: (context) =>
        contextLengthExceeded(windowTokens, windowTokens + excessTokens, 0, serviceHeaders(context)),
    }),
  }),
  defineMember({
    id: 'openai.400.context.completion',
    family: 'context overflows',
    targets: ['model'],
    dialects: openAiConversations,
    bookedOn: 'agent',
    summary: '400 context_length_exceeded: messages and completion together are too long',
    source: 'crewAI-examples#121, chathub#126',
    parameters: windowParameters,
    arbitrary: windowArbitrary,
    strike(_call, { windowTokens }) {
      const completionTokens = Math.min(1_000, Math.ceil(windowTokens / 8)) + excessTokens
      const messageTokens = windowTokens + excessTokens - completionTokens
      return {
        instead: (context) =>
          contextLengthExceeded(windowTokens, messageTokens, completionTokens, serviceHeaders(context)),
      }
    },
  }),
  defineMember({
    id: 'deepseek.400.context',
    family: 'context overflows',
    targets: ['model'],
    dialects: openAiConversations,
    bookedOn: 'agent',
    summary: 'the same words with code invalid_request_error, so that matching on the code fails',
    source: 'field reports of OpenAI-compatible providers',
    parameters: windowParameters,
    arbitrary: windowArbitrary,
    strike: (_call, { windowTokens }) => ({
      instead: () =>
        openAiError(400, {
          message: `This model's maximum context length is ${windowTokens} tokens. However, your messages resulted in ${windowTokens + excessTokens} tokens. Please reduce the length of the messages.`,
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_request_error',
        }),
    }),
  }),
  defineMember({
    id: 'context.huge_tool_result',
    family: 'context overflows',
    targets: ['tool'],
    seams: ['http', ...anyFunction],
    bookedOn: 'agent',
    summary: 'the tool answers with far more text than was asked for, until the request no longer fits the window',
    source: 'opencode#37871',
    parameters: z.strictObject({
      words: z.int().min(1).max(500_000).default(150_000).describe('words too many, a token each'),
    }),
    arbitrary: fc.record({ words: fc.constantFrom(2_000, 20_000, 150_000) }),
    strike: (call, { words }) => ({
      afterwards: (reply) => withText(reply, 'log '.repeat(words)),
      ...onceReturned(call, (value) => ({ value: valueWithText(value, 'log '.repeat(words)) })),
    }),
  }),
]
