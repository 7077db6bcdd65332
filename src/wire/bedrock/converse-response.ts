import type { Json, JsonObject } from '../../contract/json.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { ScriptedReply, ScriptedToolCall } from '../model-script.ts'
import { identifier } from '../openai/identifiers.ts'
import { textTokens } from '../openai/tokenizer.ts'

/** What a response says besides the reply itself. */
export interface ConverseFacts {
  readonly inputTokens: number
  readonly latencyMs: number
  /** Makes the identifiers unique in the trial and the same in every run. */
  readonly key: readonly (string | number)[]
}

/** Why the service says that the model stopped, of the reasons that a script can cause. */
export type ConverseStopReason = 'end_turn' | 'max_tokens' | 'tool_use' | 'content_filtered'

/** A call of a tool with the text of its input as the model wrote it, valid JSON or not. */
export interface ComposedCall {
  readonly toolUseId: string
  readonly name: string
  readonly inputText: string
}

/** A reply as the service gives it, whole or streamed. */
export interface ComposedConverse {
  readonly text: string
  readonly calls: readonly ComposedCall[]
  readonly stopReason: ConverseStopReason
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number; readonly totalTokens: number }
  readonly latencyMs: number
}

const reasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'content_filtered',
} as const satisfies Record<NonNullable<ScriptedReply['finishReason']>, ConverseStopReason>

/** What a script wants said, in the service's terms. It has no field for a refusal: who declines says so in its text. */
export function composeConverse(
  reply: ScriptedReply,
  { inputTokens, latencyMs, key }: ConverseFacts,
): ComposedConverse {
  const calls = (reply.toolCalls ?? []).map((call, index) => composeCall(call, [...key, index]))
  const text = reply.content ?? reply.refusal ?? ''
  const outputTokens = calls.reduce(
    (sum, { name, inputText }) => sum + 3 + textTokens(name) + textTokens(inputText),
    textTokens(text),
  )
  return {
    text,
    calls,
    stopReason: reasons[reply.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop')],
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    latencyMs,
  }
}

function composeCall({ id, name, arguments: args }: ScriptedToolCall, key: readonly (string | number)[]): ComposedCall {
  const inputText = typeof args === 'string' ? args : JSON.stringify(args)
  return { toolUseId: id ?? identifier('tooluse_', 22, ...key), name, inputText }
}

/**
 * The body of a whole response, keys in the order of the alphabet as the service writes them.
 *
 * Arguments that are no JSON object stand in it as the text that they are; a stream carries them unchanged.
 * Source of the shape: docs.aws.amazon.com, Amazon Bedrock API reference ("Converse", response syntax).
 */
export function converseBody({ text, calls, stopReason, usage, latencyMs }: ComposedConverse): JsonObject {
  const toolUses = calls.map(({ inputText, name, toolUseId }) => ({
    toolUse: { input: inputOf(inputText), name, toolUseId },
  }))
  return {
    metrics: { latencyMs },
    output: { message: { content: text === '' ? toolUses : [{ text }, ...toolUses], role: 'assistant' } },
    stopReason,
    usage,
  }
}

/** A model that writes nothing for its arguments has none. */
function inputOf(text: string): Json {
  if (text === '') return {}
  try {
    return jsonObjectSchema.nullable().catch(null).parse(JSON.parse(text)) ?? text
  } catch {
    return text
  }
}
