import type { Conversation } from '../messages/conversation.ts'
import type { Message } from '../messages/message.ts'

/** Messages that stay or go together: one, or a turn with calls and the results that follow it. */
export interface MessageUnit {
  readonly messages: readonly Message[]
  /** Whether it stays whatever happens. */
  readonly isPinned: boolean
}

/**
 * A conversation as the units in which it can be given up, in order.
 *
 * Pinned are the system prompt, the newest words of the user, and calls at the very end: the model has yet to act on
 * their results, and would only ask for them again.
 */
export function unitsOf(conversation: Conversation): MessageUnit[] {
  const newest = conversation.findLastIndex((message) => message.role === 'user' && !message.isSummary)
  const units: MessageUnit[] = []
  for (let at = 0; at < conversation.length;) {
    const messages = unitAt(conversation, at)
    const first = messages[0]
    const isPending = at + messages.length === conversation.length && hasCalls(first)
    units.push({ messages, isPinned: first?.role === 'system' || at === newest || isPending })
    at += messages.length
  }
  return units
}

function unitAt(conversation: Conversation, start: number): readonly Message[] {
  let end = start + 1
  if (hasCalls(conversation[start])) while (conversation[end]?.role === 'tool') end += 1
  return conversation.slice(start, end)
}

function hasCalls(message: Message | undefined): boolean {
  return message?.role === 'assistant' && message.calls.length > 0
}
