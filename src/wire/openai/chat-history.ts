import type { ModelRequestView } from '../../contract/event.ts'
import type { TurnMessage } from '../model-script.ts'
import { type ChatMessage, type ChatRequest, contentText } from './chat-request.ts'
import { requestTokens } from './tokenizer.ts'

/** Reduces a request to what the trace and the properties need. */
export function viewRequest(request: ChatRequest): ModelRequestView {
  const toolCalls: { id: string; name: string; arguments: string }[] = []
  const toolResults: { callId: string; content: string }[] = []
  for (const message of request.messages) {
    if (message.role === 'tool') {
      toolResults.push({ callId: message.tool_call_id, content: contentText(message.content) })
    } else if (message.role === 'assistant') toolCalls.push(...callsOf(message))
  }
  return {
    model: request.model,
    offeredTools: request.tools?.map(({ function: { name } }) => name) ?? [],
    toolCalls,
    toolResults,
    inputTokens: requestTokens(request),
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens ?? null,
    stream: request.stream === true,
    messages: request.messages.length,
  }
}

/** The conversation as a scripted model reads it. */
export function turnMessages(request: ChatRequest): TurnMessage[] {
  return request.messages.map((message) => ({
    role: message.role,
    text: contentText(message.content),
    toolCalls: message.role === 'assistant' ? callsOf(message) : [],
    toolCallId: message.role === 'tool' ? message.tool_call_id : null,
  }))
}

function callsOf(message: Extract<ChatMessage, { role: 'assistant' }>): ModelRequestView['toolCalls'] {
  return (message.tool_calls ?? []).map(({ id, function: called }) => ({
    id,
    name: called.name,
    arguments: called.arguments,
  }))
}

/**
 * What the service would find wrong with the pairing of tool calls and tool messages; null where it is right.
 *
 * The service demands that an assistant message with tool calls be followed by a tool message for each of its ids.
 */
export function pairingProblem(messages: readonly ChatMessage[]): string | null {
  let open = new Set<string>()
  for (const message of messages) {
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id)) {
        return `Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.`
      }
      continue
    }
    if (open.size > 0) return unanswered(open)
    open = new Set(message.role === 'assistant' ? message.tool_calls?.map(({ id }) => id) : [])
  }
  return open.size > 0 ? unanswered(open) : null
}

/** What the service says of tool calls without a tool message. */
export function unanswered(ids: Iterable<string>): string {
  return `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...ids].join(', ')}`
}
