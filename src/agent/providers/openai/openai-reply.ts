import { z } from 'zod'
import { StopError } from '../../errors/stop-error.ts'
import type { RequestedCall } from '../../messages/message.ts'
import { callId } from '../call-id.ts'
import type { ModelReply, Usage } from '../model-reply.ts'

const callSchema = z
  .object({ id: z.string().nullish(), function: z.object({ name: z.string(), arguments: z.string() }) })
  .transform((call): RequestedCall => ({
    id: callId(call.id),
    name: call.function.name,
    argumentsText: call.function.arguments,
  }))

const choiceSchema = z.object({
  finish_reason: z.string().nullish(),
  message: z.object({
    content: z.string().nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(callSchema).nullish(),
    /** Compatible providers show their reasoning here. */
    reasoning_content: z.string().nullish().catch(null),
  }),
})

const tokens = z.int().min(0)

/** The `usage` of Chat Completions; one that cannot be read is none, since a reply is worth more than its bill. */
export const openAiUsageSchema = z
  .object({
    prompt_tokens: tokens,
    completion_tokens: tokens,
    prompt_tokens_details: z.object({ cached_tokens: tokens.nullish() }).nullish().catch(null),
    completion_tokens_details: z.object({ reasoning_tokens: tokens.nullish() }).nullish().catch(null),
  })
  .transform((usage): Usage => ({
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    cachedInputTokens: usage.prompt_tokens_details?.cached_tokens ?? null,
    cacheWriteTokens: null,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? null,
  }))
  .nullish()
  .catch(null)

const word = z.string().min(1).nullish().catch(null)

/** The `id` and `model` of Chat Completions and of each of its chunks; ones that cannot be read are none. */
export const openAiIdentitySchema = z.object({ id: word, model: word })

/** The Chat Completions reply, of which the first choice counts: the agent asks for one. */
const replySchema = z.object({
  ...openAiIdentitySchema.shape,
  choices: z.tuple([choiceSchema], z.unknown()),
  usage: openAiUsageSchema,
})

/**
 * Reads a reply; the SDK returns whatever arrived with status 200, a login page included.
 *
 * @throws {StopError} `invalid_llm_response` where it is no Chat Completions reply
 */
export function readOpenAiReply(body: unknown): ModelReply {
  const parsed = replySchema.safeParse(body)
  if (!parsed.success) {
    throw new StopError('invalid_llm_response', 'The model endpoint answered with no usable choice.', {
      cause: parsed.error,
    })
  }
  const { choices, usage, id, model } = parsed.data
  const { finish_reason, message } = choices[0]
  const { content, refusal, tool_calls: calls, reasoning_content: thought } = message
  return {
    identity: { id: id ?? null, model: model ?? null },
    content: content ?? null,
    refusal: refusal || null,
    finishReason: finish_reason ?? null,
    calls: calls ?? [],
    reasoning: thought ? [{ kind: 'text', text: thought, signature: null }] : [],
    usage: usage ?? null,
  }
}
