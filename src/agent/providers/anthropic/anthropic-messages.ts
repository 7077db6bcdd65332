import type {
  ContentBlockParam,
  MessageCreateParamsNonStreaming,
  MessageParam,
  ToolChoice as ToolChoiceParam,
  ToolUnion,
} from '@anthropic-ai/sdk/resources/messages'
import { z } from 'zod'
import type { AssistantMessage, Message, Reasoning } from '../../messages/message.ts'
import type { ModelRequest, ToolChoice } from '../provider.ts'

/** The Messages API wants a bound; this one is asked for where the options name none. */
const defaultOutputTokens = 4_096

/** Spells a request for the Messages API: system prompt apart, results of tools in the turn of the user. */
export function anthropicBody({
  model,
  messages,
  tools,
  toolChoice,
  maxOutputTokens,
  answerFormat,
}: ModelRequest): MessageCreateParamsNonStreaming {
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.content] : [])).join('\n\n')
  return {
    model,
    max_tokens: maxOutputTokens ?? defaultOutputTokens,
    ...(system ? { system } : {}),
    messages: turnsOf(messages),
    ...(tools.length > 0 ? { tools: tools.map(offer) } : {}),
    ...(tools.length > 0 && toolChoice !== 'auto' ? { tool_choice: choose(toolChoice) } : {}),
    ...(answerFormat ? { output_config: { format: { type: 'json_schema', schema: answerFormat.jsonSchema } } } : {}),
  }
}

function choose(choice: Exclude<ToolChoice, 'auto'>): ToolChoiceParam {
  return choice === 'required' ? { type: 'any' } : { type: 'tool', name: choice.tool }
}

function offer({ name, description, jsonSchema, strict }: ModelRequest['tools'][number]): ToolUnion {
  return { name, description, input_schema: { ...jsonSchema, type: 'object' }, ...(strict ? { strict } : {}) }
}

/** Neighbours of one role are one turn: all results of a turn's calls must stand in the next one together. */
function turnsOf(messages: readonly Message[]): MessageParam[] {
  const turns: { role: 'user' | 'assistant'; content: ContentBlockParam[] }[] = []
  for (const message of messages) {
    if (message.role === 'system') continue
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...blocksOf(message))
    else turns.push({ role, content: blocksOf(message) })
  }
  return turns
}

function blocksOf(message: Exclude<Message, { role: 'system' }>): ContentBlockParam[] {
  switch (message.role) {
    case 'assistant':
      return assistantBlocks(message)
    case 'tool':
      return [{ type: 'tool_result', tool_use_id: message.callId, content: message.content }]
    default:
      return [{ type: 'text', text: message.content }]
  }
}

/** Reasoning comes first, as it came, or not at all: the service refuses what it has not signed. */
function assistantBlocks({ content, calls, reasoning }: AssistantMessage): ContentBlockParam[] {
  return [
    ...reasoning.flatMap(reasoningBlock),
    ...(content ? [{ type: 'text' as const, text: content }] : []),
    ...calls.map(({ id, name, argumentsText }) => ({
      type: 'tool_use' as const,
      id,
      name,
      input: argumentsObject(argumentsText),
    })),
  ]
}

function reasoningBlock(part: Reasoning): ContentBlockParam[] {
  if (part.kind === 'redacted') return [{ type: 'redacted_thinking', data: part.data }]
  return part.signature === null ? [] : [{ type: 'thinking', thinking: part.text, signature: part.signature }]
}

const objectSchema = z.record(z.string(), z.unknown())

/** The service takes objects alone; arguments that are none were refused, and their refusal stands in the result. */
function argumentsObject(text: string): Record<string, unknown> {
  try {
    return objectSchema.catch({}).parse(JSON.parse(text))
  } catch {
    return {}
  }
}
