import type { Attributes } from '@opentelemetry/api'
import type { Conversation } from '../messages/conversation.ts'
import type { Message, RequestedCall } from '../messages/message.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { attribute } from './conventions-1-41.ts'
import { shown } from './shown.ts'

type Part = Readonly<Record<string, string>>

/** What a model is told, in the form that the conventions have for it, as JSON. */
export function requestContent(messages: Conversation, secrets: readonly string[]): Attributes {
  const instructions = messages.flatMap((message) =>
    message.role === 'system' ? [textPart(message.content, secrets)] : [],
  )
  const others = messages.filter(({ role }) => role !== 'system')
  return {
    [attribute.systemInstructions]: JSON.stringify(instructions),
    [attribute.inputMessages]: JSON.stringify(
      others.map((message) => ({ role: message.role, parts: partsOf(message, secrets) })),
    ),
  }
}

/** What a model has said. */
export function replyContent(reply: ModelReply, secrets: readonly string[]): Attributes {
  const { content, refusal, calls, finishReason } = reply
  const parts = turnParts(content ?? refusal, calls, secrets)
  const message = { role: 'assistant', parts, finish_reason: shown(finishReason ?? '', secrets) }
  return { [attribute.outputMessages]: JSON.stringify([message]) }
}

function partsOf(message: Message, secrets: readonly string[]): Part[] {
  if (message.role === 'assistant') return turnParts(message.content, message.calls, secrets)
  if (message.role !== 'tool') return [textPart(message.content, secrets)]
  const response = shown(message.content, secrets)
  return [{ type: 'tool_call_response', id: shown(message.callId, secrets), response }]
}

function turnParts(content: string | null, calls: readonly RequestedCall[], secrets: readonly string[]): Part[] {
  const asked = calls.map(({ id, name, argumentsText }) => ({
    ...{ type: 'tool_call', id: shown(id, secrets), name: shown(name, secrets) },
    arguments: shown(argumentsText, secrets),
  }))
  return [...(content ? [textPart(content, secrets)] : []), ...asked]
}

function textPart(content: string, secrets: readonly string[]): Part {
  return { type: 'text', content: shown(content, secrets) }
}
