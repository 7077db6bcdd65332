import { z } from 'zod'

/** A tool call in the history of a request. */
export interface ChatToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

type Content = string | readonly { readonly type: string; readonly text?: string }[]

/** A message of a request, as far as the simulated service reads it. */
export type ChatMessage =
  | { readonly role: 'system' | 'developer' | 'user'; readonly content: Content }
  | {
      readonly role: 'assistant'
      readonly content?: Content | null
      readonly tool_calls?: readonly ChatToolCall[] | null
    }
  | { readonly role: 'tool'; readonly content: Content; readonly tool_call_id: string }

interface ChatTool {
  readonly type: 'function'
  readonly function: { readonly name: string }
}

/**
 * The body of `POST /v1/chat/completions`, as far as the simulated service reads it.
 *
 * Messages and tools are checked by guards of our own: they are the bulk of every call, and a schema that rebuilds
 * each of them would cost more than the rest of the service.
 * Source of the shape: the OpenAI API reference, as typed by openai-node 7 (`resources/chat/completions`).
 */
export const chatRequestSchema = z.looseObject({
  model: z.string(),
  messages: z.custom<readonly [ChatMessage, ...ChatMessage[]]>(
    (value) => Array.isArray(value) && value.length > 0 && value.every(isMessage),
  ),
  tools: z.custom<readonly ChatTool[]>((value) => Array.isArray(value) && value.every(isTool)).optional(),
  max_completion_tokens: z.int().positive().nullish(),
  max_tokens: z.int().positive().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .looseObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() })
    .nullish(),
})

export type ChatRequest = z.output<typeof chatRequestSchema>

/** The text of a message's content, whatever form it has. */
export function contentText(value: ChatMessage['content']): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : value.map(({ text }) => text ?? '').join('')
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isMessage(value: unknown): boolean {
  if (!isFields(value)) return false
  const { role, content, tool_calls: calls, tool_call_id: callId } = value
  switch (role) {
    case 'system':
    case 'developer':
    case 'user':
      return isContent(content)
    case 'tool':
      return isContent(content) && typeof callId === 'string'
    case 'assistant':
      return isNothingOr(isContent, content) && isNothingOr(isToolCalls, calls)
    default:
      return false
  }
}

function isNothingOr(isValid: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || value === null || isValid(value)
}

function isContent(value: unknown): boolean {
  if (typeof value === 'string') return true
  return Array.isArray(value) && value.every((part) => isFields(part) && typeof part['type'] === 'string')
}

function isToolCalls(value: unknown): boolean {
  return Array.isArray(value) && value.every(isToolCall)
}

function isToolCall(value: unknown): boolean {
  if (!isFields(value) || value['type'] !== 'function' || typeof value['id'] !== 'string') return false
  const called = value['function']
  return isFields(called) && typeof called['name'] === 'string' && typeof called['arguments'] === 'string'
}

function isTool(value: unknown): boolean {
  if (!isFields(value) || value['type'] !== 'function') return false
  const described = value['function']
  return isFields(described) && typeof described['name'] === 'string'
}
