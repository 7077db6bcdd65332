import type { Conversation } from '../messages/conversation.ts'
import type { Message } from '../messages/message.ts'

/** Results shorter than this are not worth cutting. */
const longResultChars = 400
const marker = '… [truncated]'

/**
 * Makes a conversation strictly smaller, or returns null where nothing can be given up.
 *
 * The older half of the complete call-and-result groups goes first. Where one group is left, its long results are cut
 * instead, since the model has not yet acted on it. System prompt and user messages stay verbatim, and every
 * call keeps its result: a history that breaks the pairing is refused for good.
 */
export function shrinkConversation(conversation: Conversation): Conversation | null {
  const groupStarts = conversation.flatMap((message, index) => (hasCalls(message) ? [index] : []))
  if (groupStarts.length < 2) return truncateResults(conversation)
  const dropped = new Set(
    groupStarts.slice(0, Math.floor(groupStarts.length / 2)).flatMap((start) => groupAt(conversation, start)),
  )
  return conversation.filter((_, index) => !dropped.has(index))
}

function hasCalls(message: Message): boolean {
  return message.role === 'assistant' && message.calls.length > 0
}

/** Indices of an assistant turn and of the results that follow it. */
function groupAt(conversation: Conversation, start: number): number[] {
  const indices = [start]
  while (conversation[start + indices.length]?.role === 'tool') indices.push(start + indices.length)
  return indices
}

/** The conversation with its long results cut; null where none is long. */
export function truncateResults(conversation: Conversation): Conversation | null {
  let cut = false
  const shorter = conversation.map((message) => {
    if (message.role !== 'tool') return message
    if (message.content.length < longResultChars) return message
    cut = true
    return { ...message, content: truncate(message.content) }
  })
  return cut ? shorter : null
}

/** What was JSON becomes a JSON string. Quoting lengthens, hence the loop: the text as sent must get shorter. */
function truncate(text: string): string {
  for (let keptChars = Math.floor(text.length / 3); ; keptChars = Math.floor(keptChars / 2)) {
    const head = text.slice(0, keptChars).replace(/[\uD800-\uDBFF]$/, '')
    const shorter = isJson(text) ? JSON.stringify(head + marker) : head + marker
    if (keptChars === 0 || JSON.stringify(shorter).length < JSON.stringify(text).length) return shorter
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
