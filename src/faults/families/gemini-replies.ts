import * as fc from 'fast-check'
import { z } from 'zod'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { JsonObject } from '../../contract/json.ts'
import { googleReply, oneLine } from '../../wire/google/google-json.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import type { Reply } from '../../wire/reply.ts'
import { isEventStream } from '../../wire/sse/event-stream-reply.ts'
import type { AnyMember, Effect } from '../catalogue-member.ts'
import { finishAt, frameOf, textOf } from './stream-frames.ts'
import { geminiOnly as dialects } from './spoken-in.ts'
import { wrongReply } from './wrong-reply.ts'

const none = z.strictObject({})
const blockReasons = ['SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT', ''] as const
const kept = ['nothing', 'parts'] as const

/** Replies of Gemini alone, under the status 200, that are none. */
export const geminiReplyMembers: readonly AnyMember[] = [
  wrongReply({
    id: 'gemini.malformed_call',
    dialects,
    summary: 'the model wrote a function call that the service could not read: no call, no words, only that reason',
    source: 'vercel/ai PR #5039 (captured)',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) =>
      endingWith(call, (last) => ({
        ...last,
        candidates: [{ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL' }],
      })),
  }),
  wrongReply({
    id: 'gemini.safety',
    dialects,
    summary: 'the reply ends for SAFETY, without content or with what it had, function calls included',
    source: 'gpt4free PR #2341; LiteLLM PR #28847',
    parameters: z.strictObject({ keeps: z.enum(kept).default('nothing').describe('what is left of the reply') }),
    arbitrary: fc.record({ keeps: fc.constantFrom(...kept) }),
    strike: (call, { keeps }) =>
      keeps === 'nothing'
        ? endingWith(call, (last) => ({ ...last, candidates: [{ finishReason: 'SAFETY', index: 0 }] }))
        : { mayMiss: true, afterwards: (reply) => withReason(reply, 'SAFETY') },
  }),
  wrongReply({
    id: 'gemini.blocked',
    dialects,
    summary: 'no candidates: the prompt was blocked, for a reason or for none that is told',
    source: 'LiteLLM PR #28847; ai.google.dev/api/generate-content (PromptFeedback)',
    parameters: z.strictObject({
      blockReason: z.enum(blockReasons).default('PROHIBITED_CONTENT').describe('why it was blocked'),
    }),
    arbitrary: fc.record({ blockReason: fc.constantFrom(...blockReasons) }),
    strike: (call, { blockReason }) =>
      endingWith(call, ({ candidates: _, ...rest }) => ({ promptFeedback: { blockReason }, ...rest })),
  }),
]

/** Puts one response in the place of the reply: whole, or as the only chunk of its stream. */
function endingWith({ view }: UpstreamCall, change: (last: JsonObject) => JsonObject): Effect | null {
  if (view.model === null) return null
  return {
    mayMiss: true,
    afterwards(reply) {
      const last = reply.status === 200 ? lastResponse(reply) : null
      if (last === null) return reply
      const anew = change(withoutCount(last))
      const { status, headers } = reply
      if (!isEventStream(reply)) return googleReply(status, anew, headers)
      return { status, headers, body: [frameOf(`data: ${oneLine(anew)}\r\n\r\n`, firstMs(reply))] }
    },
  }
}

/** The response that ends the reply. */
function lastResponse({ body }: Reply): JsonObject | null {
  if (typeof body === 'string') return parse(body)
  const frame = body[finishAt(body)]
  return frame === undefined ? null : parse(textOf(frame.bytes).replace(/^data: /, ''))
}

/** What was not said has no tokens. */
function withoutCount(response: JsonObject): JsonObject {
  const usage = jsonObjectSchema.safeParse(response['usageMetadata'])
  if (!usage.success) return response
  const { candidatesTokenCount: _, ...rest } = usage.data
  return { ...response, usageMetadata: { ...rest, totalTokenCount: rest['promptTokenCount'] ?? 0 } }
}

function firstMs({ body }: Reply): number {
  return typeof body === 'string' ? 0 : (body[0]?.afterMs ?? 0)
}

/** Inside a text of the model the quotes are escaped, so this is found in no other place. */
const finishReason = /"finishReason": ?"[A-Z_]+"/

function withReason(reply: Reply, reason: string): Reply {
  const { body } = reply
  const written = `"finishReason": "${reason}"`
  if (typeof body === 'string')
    return finishReason.test(body) ? { ...reply, body: body.replace(finishReason, written) } : reply
  const at = finishAt(body)
  const frame = body[at]
  if (frame === undefined) return reply
  return { ...reply, body: body.with(at, frameOf(textOf(frame.bytes).replace(finishReason, written), frame.afterMs)) }
}

function parse(text: string): JsonObject | null {
  try {
    return jsonObjectSchema.nullable().catch(null).parse(JSON.parse(text))
  } catch {
    return null
  }
}
