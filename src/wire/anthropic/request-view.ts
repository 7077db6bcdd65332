import type { ModelRequestView, ToolCall } from '../../contract/event.ts'
import type { TurnMessage } from '../model-script.ts'
import { requestTokens } from './message-tokens.ts'
import { type MessageParam, contentBlocks, contentText } from './message-params.ts'
import type { MessagesRequest } from './messages-request.ts'

/** Reduces a request to what the trace and the properties need. */
export function viewRequest(request: MessagesRequest): ModelRequestView {
  const toolCalls: ToolCall[] = []
  const toolResults: { callId: string; content: string }[] = []
  for (const message of request.messages) {
    toolCalls.push(...callsOf(message))
    for (const { toolCallId, text } of resultsOf(message)) toolResults.push({ callId: toolCallId, content: text })
  }
  return {
    model: request.model,
    offeredTools: offeredTools(request),
    toolCalls,
    toolResults,
    inputTokens: requestTokens(request),
    maxOutputTokens: request.max_tokens,
    stream: request.stream === true,
    messages: request.messages.length,
  }
}

function offeredTools({ tools = [] }: MessagesRequest): string[] {
  return tools.flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
}

/**
 * The conversation as a scripted model reads it, in the form that it has in every dialect: the system prompt is its
 * first message, and each tool result a message of the role `tool`, before what else the user says with it.
 */
export function turnMessages({ system, messages }: MessagesRequest): TurnMessage[] {
  const prompt = system === undefined ? [] : [turnMessage('system', contentText(system))]
  return [...prompt, ...messages.flatMap(messagesOf)]
}

function messagesOf(message: MessageParam): TurnMessage[] {
  const results = resultsOf(message)
  const text = contentText(message.content)
  if (results.length > 0 && text === '') return results
  return [...results, { ...turnMessage(message.role, text), toolCalls: callsOf(message) }]
}

function turnMessage(role: TurnMessage['role'], text: string): TurnMessage {
  return { role, text, toolCalls: [], toolCallId: null }
}

function callsOf({ role, content }: MessageParam): ToolCall[] {
  if (role !== 'assistant') return []
  return contentBlocks(content).flatMap((block) =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: JSON.stringify(block.input) }] : [],
  )
}

function resultsOf({ role, content }: MessageParam): (TurnMessage & { readonly toolCallId: string })[] {
  if (role !== 'user') return []
  return contentBlocks(content).flatMap((block) =>
    block.type === 'tool_result'
      ? [{ ...turnMessage('tool', contentText(block.content)), toolCallId: block.tool_use_id }]
      : [],
  )
}
