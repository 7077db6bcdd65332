import type { Json, JsonObject } from '../../contract/json.ts'
import type { ScriptedReply, ScriptedToolCall } from '../model-script.ts'
import { identifier } from '../openai/identifiers.ts'
import { textTokens } from '../openai/tokenizer.ts'
import { toolCallTokens } from './message-tokens.ts'
import { type Stop, stopOf } from './stop-reason.ts'

/** What a message says besides the reply itself. */
export interface MessageFacts {
  readonly model: string
  readonly inputTokens: number
  /** Makes the identifiers unique in the trial and the same in every run. */
  readonly key: readonly (string | number)[]
  readonly stopSequences: readonly string[]
}

export interface TextBlock {
  readonly type: 'text'
  readonly text: string
}

export interface ToolUseBlock {
  readonly type: 'tool_use'
  readonly id: string
  readonly name: string
  readonly input: Json
  readonly caller: { readonly type: 'direct' }
}

/** What the tokens of a call are billed as. */
export interface Usage {
  readonly input_tokens: number
  readonly cache_creation_input_tokens: number
  readonly cache_read_input_tokens: number
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number }
  readonly output_tokens: number
  readonly output_tokens_details: { readonly thinking_tokens: number }
  readonly server_tool_use: null
  readonly service_tier: 'standard'
  readonly inference_geo: 'not_available'
  readonly speed: 'standard'
}

/** A message as it is composed here, with the fields that its events repeat. */
export interface Message extends Stop {
  readonly model: string
  readonly id: string
  readonly type: 'message'
  readonly role: 'assistant'
  readonly content: readonly (TextBlock | ToolUseBlock)[]
  readonly container: null
  readonly usage: Usage
  readonly diagnostics: null
}

/** A message, with what its JSON cannot carry. */
export interface ComposedMessage {
  readonly message: Message
  /** The text of each tool call's arguments as the model wrote it, valid JSON or not, in the order of the calls. */
  readonly inputTexts: readonly string[]
}

/**
 * The message that says what a script wants said.
 *
 * Arguments that are no JSON object stand in it as the text that they are, because `input` must be JSON; a stream
 * carries them unchanged. Nothing is cached here, so the cache fields of the usage are zero.
 * Source of the shape: @anthropic-ai/sdk 1 (`resources/messages/messages.ts`, `Message`), which lists every field; the
 * order of keys, and that blocks of text carry no `citations` without any, as in answers recorded in public logs.
 */
export function composeMessage(reply: ScriptedReply, facts: MessageFacts): ComposedMessage {
  const { text, calls, stop } = stopOf(reply, facts.stopSequences)
  const inputTexts = calls.map(inputText)
  const outputTokens = calls.reduce(
    (sum, { name }, index) => sum + toolCallTokens(name, inputTexts[index] ?? ''),
    textTokens(text),
  )
  const toolUses = calls.map((call, index) => toolUse(call, inputTexts[index] ?? '', [...facts.key, index]))
  const message: Message = {
    model: facts.model,
    id: identifier('msg_01', 22, ...facts.key),
    type: 'message',
    role: 'assistant',
    content: text === '' ? toolUses : [{ type: 'text', text }, ...toolUses],
    container: null,
    ...stop,
    usage: usage(facts.inputTokens, outputTokens),
    diagnostics: null,
  }
  return { message, inputTexts }
}

function toolUse({ name, id }: ScriptedToolCall, text: string, key: readonly (string | number)[]): ToolUseBlock {
  return {
    type: 'tool_use',
    id: id ?? identifier('toolu_01', 22, ...key),
    name,
    input: inputOf(text),
    caller: { type: 'direct' },
  }
}

function inputText({ arguments: args }: ScriptedToolCall): string {
  return typeof args === 'string' ? args : JSON.stringify(args)
}

/** A model that writes nothing for its arguments has none. */
function inputOf(text: string): Json {
  if (text === '') return {}
  try {
    const parsed = JSON.parse(text) as Json
    return isObject(parsed) ? parsed : text
  } catch {
    return text
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function usage(inputTokens: number, outputTokens: number): Usage {
  return {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { thinking_tokens: 0 },
    server_tool_use: null,
    service_tier: 'standard',
    inference_geo: 'not_available',
    speed: 'standard',
  }
}
