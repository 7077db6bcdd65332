import * as fc from 'fast-check'
import { z } from 'zod'
import type { AnyMember } from '../catalogue-member.ts'
import { asScripted, firstHalf, sayingAnew } from './saying-anew.ts'
import { reasonsOfCalls } from './spoken-in.ts'
import { wrongReply } from './wrong-reply.ts'

const none = z.strictObject({})
const refusalWords = "I'm sorry, but I can't help with that."

/** Replies under the status 200 that end otherwise than an answer does. */
export const wrongEndingMembers: readonly AnyMember[] = [
  wrongReply({
    id: 'finish.length',
    summary: 'the answer is cut at the limit of tokens: finish reason length',
    source: 'openai-node 7 (finish_reason); Responses: incomplete, max_output_tokens; Anthropic: max_tokens',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) =>
      sayingAnew(call, ({ content, toolCalls }) =>
        content && toolCalls.length === 0 ? { content: firstHalf(content), finishReason: 'length' } : null,
      ),
  }),
  wrongReply({
    id: 'finish.length+tool',
    summary: 'the arguments of the last tool call are cut at the limit of tokens, and the finish reason may not say so',
    source: 'hermes-agent#7680 and PR #7693',
    parameters: z.strictObject({
      finishReason: z.enum(['length', 'tool_calls']).default('length').describe('what the finish reason says'),
    }),
    arbitrary: fc.record({ finishReason: fc.constantFrom('length', 'tool_calls') }),
    strike: (call, { finishReason }) =>
      sayingAnew(call, (said) => {
        const last = said.toolCalls.at(-1)
        if (last === undefined) return null
        const cut = { ...last, arguments: firstHalf(last.arguments) }
        return { ...asScripted(said), toolCalls: [...said.toolCalls.slice(0, -1), cut], finishReason }
      }),
  }),
  wrongReply({
    id: 'finish.content_filter',
    summary: "the provider's filter withholds the answer, whole or from the middle on",
    source: 'openai-node 7 (finish_reason content_filter); Responses: incomplete, content_filter',
    parameters: z.strictObject({
      keeps: z.enum(['nothing', 'half']).default('nothing').describe('what is left of the answer'),
    }),
    arbitrary: fc.record({ keeps: fc.constantFrom('nothing', 'half') }),
    strike: (call, { keeps }) =>
      sayingAnew(call, ({ content }) => ({
        content: keeps === 'half' && content ? firstHalf(content) : null,
        finishReason: 'content_filter',
      })),
  }),
  wrongReply({
    id: 'refusal',
    summary: 'the model declines, in the form that its dialect has for that',
    source: 'openai-node 7 (message.refusal); Anthropic: stop_reason refusal with empty content, vercel/ai fixture',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => sayingAnew(call, () => ({ content: null, refusal: refusalWords })),
  }),
  wrongReply({
    id: 'empty.content',
    summary: 'the model says nothing and asks for nothing, and calls that the end of its turn',
    source: 'field reports: content "" or null with finish reason stop',
    parameters: z.strictObject({
      form: z.enum(['empty', 'null']).default('empty').describe('how the content says nothing'),
    }),
    arbitrary: fc.record({ form: fc.constantFrom('empty', 'null') }),
    strike: (call, { form }) =>
      sayingAnew(call, () => ({ content: form === 'null' ? null : '', finishReason: 'stop' })),
  }),
  wrongReply({
    id: 'finish.mismatch',
    summary: 'the finish reason contradicts the reply: tool calls with stop, or tool_calls without any',
    source: 'our own, after field reports of clients that look at one of the two only',
    dialects: reasonsOfCalls,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) =>
      sayingAnew(call, (said) => ({
        ...asScripted(said),
        finishReason: said.toolCalls.length > 0 ? 'stop' : 'tool_calls',
      })),
  }),
]
