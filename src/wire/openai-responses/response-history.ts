import type { ModelRequestView, ToolCall } from '../../contract/event.ts'
import type { TurnMessage } from '../model-script.ts'
import { textTokens } from '../openai/tokenizer.ts'
import { type FunctionCallItem, type InputItem, contentText, isMessage } from './response-items.ts'
import type { RequestProblem } from './request-problem.ts'
import type { ResponsesRequest } from './response-request.ts'

/** A request, and the conversation that it continues. */
export interface UnderstoodRequest {
  readonly request: ResponsesRequest
  readonly items: readonly InputItem[]
}

/** Reduces a request to what the trace and the properties need; what it continues is part of it. */
export function viewRequest({ request, items }: UnderstoodRequest): ModelRequestView {
  const messages = turnMessages({ request, items })
  const toolResults = messages.flatMap(({ toolCallId, text }) =>
    toolCallId === null ? [] : [{ callId: toolCallId, content: text }],
  )
  return {
    model: request.model,
    offeredTools: (request.tools ?? []).flatMap(({ type, name }) => (type === 'function' ? [name ?? ''] : [])),
    toolCalls: messages.flatMap(({ toolCalls }) => toolCalls),
    toolResults,
    inputTokens: inputTokens(messages, request),
    maxOutputTokens: request.max_output_tokens ?? null,
    stream: request.stream === true,
    messages: messages.length,
  }
}

/**
 * The conversation as a scripted model reads it, the same as in the chat dialect: instructions are a system message,
 * and the calls that follow a message of the assistant belong to it.
 */
export function turnMessages({ request, items }: UnderstoodRequest): TurnMessage[] {
  const messages: TurnMessage[] = []
  if (request.instructions) messages.push(message('system', request.instructions))
  for (const item of items) {
    if (isMessage(item)) messages.push(message(item.role, contentText(item.content)))
    else if (item.type === 'function_call') addCall(messages, item)
    else if (item.type === 'function_call_output') {
      messages.push({ ...message('tool', contentText(item.output)), toolCallId: item.call_id })
    }
  }
  return messages
}

function message(role: TurnMessage['role'], text: string): TurnMessage {
  return { role, text, toolCalls: [], toolCallId: null }
}

function addCall(messages: TurnMessage[], { call_id: id, name, arguments: args }: FunctionCallItem): void {
  const call: ToolCall = { id, name, arguments: args }
  const last = messages.at(-1)
  if (last?.role !== 'assistant') messages.push({ ...message('assistant', ''), toolCalls: [call] })
  else messages[messages.length - 1] = { ...last, toolCalls: [...last.toolCalls, call] }
}

/** Counted as in the chat dialect, so that one conversation has one size. */
function inputTokens(messages: readonly TurnMessage[], { tools }: ResponsesRequest): number {
  let tokens = 3
  for (const { text, toolCalls } of messages) {
    tokens += 3 + 1 + textTokens(text)
    for (const { name, arguments: args } of toolCalls) tokens += 3 + textTokens(name) + textTokens(args)
  }
  return tools ? tokens + textTokens(JSON.stringify(tools)) : tokens
}

/**
 * What the service finds wrong with the pairing of calls and outputs; null where it is right.
 *
 * Source of the words: error bodies in public issue threads (continuedev/continue#10092, router-for-me/CLIProxyAPI#2368).
 */
export function pairingProblem(items: readonly InputItem[]): RequestProblem | null {
  const called = new Set<string>()
  const answered = new Set<string>()
  for (const item of items) {
    if (item.type === 'function_call') called.add(item.call_id)
    if (item.type !== 'function_call_output') continue
    if (!called.has(item.call_id)) {
      return inputProblem(`No tool call found for function call output with call_id ${item.call_id}.`)
    }
    answered.add(item.call_id)
  }
  const open = [...called].find((id) => !answered.has(id))
  return open === undefined ? null : callWithoutOutput(open)
}

/** What the service says of a call without its output. */
export function callWithoutOutput(id: string): RequestProblem {
  return inputProblem(`No tool output found for function call ${id}.`)
}

function inputProblem(message: string): RequestProblem {
  return { message, param: 'input', code: null }
}
