import { z } from 'zod'
import type { Conversation } from '../messages/conversation.ts'
import type { Message, Reasoning, RequestedCall } from '../messages/message.ts'
import type { TaskEvent } from './task-event.ts'
import type { MessageShape, TaskMessage } from './task-message.ts'

/** The messages of a conversation. */
export function messagesOf(conversation: Conversation, shape: MessageShape = {}): TaskMessage[] {
  const reader = new MessageReader(shape)
  return conversation.flatMap((message) => reader.ofMessage(message))
}

const argumentsSchema = z.record(z.string(), z.unknown())

/** Reads the messages out of what a task tells, one event after another, or out of a conversation. */
export class MessageReader {
  readonly #shape: MessageShape
  /** Calls that are given as words: their results are not given. */
  readonly #spoken = new Set<string>()

  constructor(shape: MessageShape) {
    this.#shape = shape
  }

  ofEvent(event: TaskEvent): TaskMessage[] {
    switch (event.type) {
      case 'reply':
        return this.#wanted(this.#said(event))
      case 'tool_result':
        return this.#wanted(this.#returned(event.callId, event.content))
      case 'approval_requested': {
        const { callId, tool, arguments: args } = event
        return this.#wanted([{ type: 'approval_request', callId, tool, arguments: args }])
      }
      default:
        return []
    }
  }

  ofMessage(message: Message): TaskMessage[] {
    switch (message.role) {
      case 'assistant':
        return this.#wanted(this.#said(message))
      case 'tool':
        return this.#wanted(this.#returned(message.callId, message.content))
      default:
        return this.#wanted([{ type: message.role, text: message.content }])
    }
  }

  #said({
    content,
    reasoning,
    calls,
  }: {
    readonly content: string | null
    readonly reasoning: readonly Reasoning[]
    readonly calls: readonly RequestedCall[]
  }): TaskMessage[] {
    const words: TaskMessage[] = content ? [{ type: 'assistant', text: content }] : []
    return [...reasoning.map(thought), ...words, ...calls.map((call) => this.#called(call))]
  }

  #called({ id, name, argumentsText }: RequestedCall): TaskMessage {
    const text = spokenWords({ name, argumentsText }, this.#shape)
    if (text === null) return { type: 'tool_call', id, name, argumentsText }
    this.#spoken.add(id)
    return { type: 'assistant', text }
  }

  #returned(callId: string, text: string): TaskMessage[] {
    return this.#spoken.delete(callId) ? [] : [{ type: 'tool_return', callId, text }]
  }

  #wanted(messages: readonly TaskMessage[]): TaskMessage[] {
    const { types } = this.#shape
    return messages.filter(({ type }) => types === undefined || types.includes(type))
  }
}

function thought(part: Reasoning): TaskMessage {
  if (part.kind === 'redacted') return { type: 'reasoning', text: null, signature: null }
  return { type: 'reasoning', text: part.text, signature: part.signature }
}

/** What a call says, where the assistant speaks by it; null where it does not, or its words cannot be read. */
function spokenWords(
  { name, argumentsText }: Pick<RequestedCall, 'name' | 'argumentsText'>,
  { speaksBy }: MessageShape,
): string | null {
  if (name !== speaksBy?.tool) return null
  try {
    const words = argumentsSchema.safeParse(JSON.parse(argumentsText)).data?.[speaksBy.argument]
    return typeof words === 'string' ? words : null
  } catch {
    return null
  }
}
