import type { ModelRequestView, ToolCall } from '../../contract/event.ts'
import type { TurnMessage } from '../model-script.ts'
import { textTokens } from '../openai/tokenizer.ts'
import type { ConverseMessage, ConverseRequest, Operation, ToolResult } from './converse-request.ts'

/** Reduces a request to what the trace and the properties need. */
export function viewRequest(request: ConverseRequest, { model, isStreamed }: Operation): ModelRequestView {
  const { messages, toolConfig, inferenceConfig } = request
  const turns = turnMessages(request)
  return {
    model,
    offeredTools: (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec?.name ?? []),
    toolCalls: turns.flatMap(({ toolCalls }) => toolCalls),
    toolResults: turns.flatMap(({ toolCallId, text }) =>
      toolCallId === null ? [] : [{ callId: toolCallId, content: text }],
    ),
    inputTokens: inputTokens(request, turns),
    maxOutputTokens: inferenceConfig?.maxTokens ?? null,
    stream: isStreamed,
    messages: messages.length,
  }
}

/**
 * The conversation as a scripted model reads it, in the form that it has in every dialect: the system prompt is its
 * first message, and each tool result a message of the role `tool`.
 */
export function turnMessages({ system, messages }: ConverseRequest): TurnMessage[] {
  const prompt = system.length === 0 ? [] : [turnMessage('system', system.map(({ text }) => text ?? '').join(''))]
  return [...prompt, ...messages.flatMap(messagesOf)]
}

function messagesOf(message: ConverseMessage): TurnMessage[] {
  const results = resultsOf(message).map((result) => ({
    ...turnMessage('tool', resultText(result)),
    toolCallId: result.toolUseId,
  }))
  const text = message.content.map((block) => block.text ?? '').join('')
  if (results.length > 0 && text === '') return results
  return [...results, { ...turnMessage(message.role, text), toolCalls: callsOf(message) }]
}

function turnMessage(role: TurnMessage['role'], text: string): TurnMessage {
  return { role, text, toolCalls: [], toolCallId: null }
}

function callsOf({ content }: ConverseMessage): ToolCall[] {
  return content.flatMap(({ toolUse: use }) =>
    use === undefined ? [] : [{ id: use.toolUseId, name: use.name, arguments: JSON.stringify(use.input) }],
  )
}

function resultsOf({ content }: ConverseMessage): ToolResult[] {
  return content.flatMap(({ toolResult }) => toolResult ?? [])
}

function resultText({ content }: ToolResult): string {
  return content.map(({ text, json }) => text ?? (json === undefined ? '' : JSON.stringify(json))).join('')
}

/**
 * Counted as in OpenAI's chat dialect, so that one conversation has one size: each model here has a tokenizer of its own.
 */
function inputTokens({ toolConfig }: ConverseRequest, turns: readonly TurnMessage[]): number {
  let tokens = 3
  for (const { text, toolCalls } of turns) {
    tokens += 3 + 1 + textTokens(text)
    for (const { name, arguments: args } of toolCalls) tokens += 3 + textTokens(name) + textTokens(args)
  }
  return toolConfig === undefined ? tokens : tokens + textTokens(JSON.stringify(toolConfig.tools))
}

/**
 * What the service finds wrong with a conversation; null where it is right.
 *
 * Source of the words: error bodies in public issue threads (langchain-ai/langchain-aws, aws/aws-sdk-js-v3).
 */
export function conversationProblem(messages: readonly ConverseMessage[]): string | null {
  if (messages[0]?.role === 'assistant') {
    return 'A conversation must start with a user message. Try again with a conversation that starts with a user message.'
  }
  for (const [index, message] of messages.entries()) {
    const open = index === 0 ? [] : callsOf(messages[index - 1] ?? message).map(({ id }) => id)
    const answered = resultsOf(message).map(({ toolUseId }) => toolUseId)
    const missing = open.filter((id) => !answered.includes(id))
    if (missing.length > 0) return withoutResults(index, missing)
    if (answered.length > open.length) {
      return `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`
    }
  }
  const last = messages.at(-1)
  const unanswered = last === undefined ? [] : callsOf(last).map(({ id }) => id)
  return unanswered.length > 0 ? withoutResults(messages.length, unanswered) : null
}

/** What the service says of calls without results. */
export function withoutResults(index: number, ids: readonly string[]): string {
  return `Expected toolResult blocks at messages.${index}.content for the following Ids: ${ids.join(', ')}`
}
