import { z } from 'zod'
import { StopError } from '../../errors/stop-error.ts'
import type { Reasoning, RequestedCall } from '../../messages/message.ts'
import { callId } from '../call-id.ts'
import type { FinishReason, ModelReply, ReplyIdentity, Usage } from '../model-reply.ts'

const tokens = z.int().min(0)

/** The `usage` of the Messages API as far as it has come; a stream tells it in two parts. */
export const anthropicUsageSchema = z
  .object({
    input_tokens: tokens.nullish(),
    output_tokens: tokens.nullish(),
    cache_read_input_tokens: tokens.nullish(),
    cache_creation_input_tokens: tokens.nullish(),
  })
  .nullish()
  .catch(null)

export type AnthropicUsage = z.output<typeof anthropicUsageSchema>

/** A block of a reply; blocks of other types are none of the agent's business and pass unread. */
export const blockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().nullish() }),
  z.object({ type: z.literal('redacted_thinking'), data: z.string() }),
  z.object({
    type: z.literal('tool_use'),
    id: z.string().nullish(),
    name: z.string(),
    /** An object, whatever the model meant; in a stream its text comes after. */
    input: z.unknown(),
  }),
])

export type Block = z.output<typeof blockSchema>

/** The types of block that are read. */
export const knownBlocks: ReadonlySet<unknown> = new Set(['text', 'thinking', 'redacted_thinking', 'tool_use'])

const word = z.string().min(1).nullish().catch(null)

/** The `id` and `model` of a message; ones that cannot be read are none. */
export const anthropicIdentitySchema = z.object({ id: word, model: word })

const replySchema = z.object({
  ...anthropicIdentitySchema.shape,
  type: z.literal('message'),
  stop_reason: z.string().nullish(),
  content: z.array(z.looseObject({ type: z.string() })),
  usage: anthropicUsageSchema,
})

/**
 * Reads a message of the Messages API.
 *
 * @throws {StopError} `invalid_llm_response` where it is none
 */
export function readAnthropicReply(body: unknown): ModelReply {
  const parsed = replySchema
    .transform(({ content, ...rest }, context) => {
      const blocks = z.array(blockSchema).safeParse(content.filter(({ type }) => knownBlocks.has(type)))
      if (blocks.success) return { ...rest, blocks: blocks.data }
      context.addIssue({ code: 'custom', message: 'has a block that is not of its type', path: ['content'] })
      return z.NEVER
    })
    .safeParse(body)
  if (!parsed.success) {
    throw new StopError('invalid_llm_response', 'The model endpoint answered with no usable message.', {
      cause: parsed.error,
    })
  }
  const { id, model, blocks, stop_reason: stopReason, usage } = parsed.data
  return replyOf({ id: id ?? null, model: model ?? null }, blocks, stopReason ?? null, usage)
}

/** Puts the reply together from its blocks, in their order. */
export function replyOf(
  identity: ReplyIdentity,
  blocks: readonly Block[],
  stopReason: string | null,
  usage: AnthropicUsage,
): ModelReply {
  const text = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
  const isRefusal = stopReason === 'refusal'
  return {
    identity,
    content: isRefusal ? null : text || null,
    refusal: isRefusal && text ? text : null,
    finishReason: finishReasonOf(stopReason),
    calls: blocks.flatMap((block): RequestedCall[] => (block.type === 'tool_use' ? [callOf(block)] : [])),
    reasoning: blocks.flatMap(reasoningOf),
    usage: usageOf(usage),
  }
}

function callOf({ id, name, input }: Extract<Block, { type: 'tool_use' }>): RequestedCall {
  return { id: callId(id), name, argumentsText: typeof input === 'string' ? input : (JSON.stringify(input) ?? '') }
}

function reasoningOf(block: Block): Reasoning[] {
  if (block.type === 'redacted_thinking') return [{ kind: 'redacted', data: block.data }]
  if (block.type !== 'thinking') return []
  return [{ kind: 'text', text: block.thinking, signature: block.signature || null }]
}

const finishReasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'content_filter',
}

function finishReasonOf(stopReason: string | null): FinishReason | null {
  return stopReason === null ? null : (finishReasons[stopReason] ?? stopReason)
}

/** The service counts tokens of the cache apart from those of the request. */
function usageOf(usage: AnthropicUsage): Usage | null {
  if (!usage || (usage.input_tokens ?? usage.output_tokens ?? null) === null) return null
  const { input_tokens, output_tokens, cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage
  return {
    inputTokens: (input_tokens ?? 0) + (read ?? 0) + (written ?? 0),
    outputTokens: output_tokens ?? 0,
    cachedInputTokens: read ?? null,
    cacheWriteTokens: written ?? null,
    reasoningTokens: null,
  }
}
