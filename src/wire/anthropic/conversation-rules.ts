import { type Complaint, type ContentBlockParam, type MessageParam, contentBlocks } from './message-params.ts'

const systemElsewhere = '; the directive-only form (content: [] with output_config) is accepted at any position'

/**
 * What the service finds wrong with a conversation whose messages are well-formed; null where it is right.
 *
 * Not checked is what depends on the model, such as whether it continues a last message of the assistant.
 * Source of the rules and words: public notes that measured the answers of the service in August 2026; for the first
 * message and the empty text, error bodies recorded in public issue threads.
 */
export function conversationComplaint(messages: readonly MessageParam[]): Complaint | null {
  if (messages[0]?.role === 'assistant') return 'messages: first message must use the "user" role'
  for (const [index, { role, content }] of messages.entries()) {
    const complaint = role === 'system' ? systemComplaint(messages, index) : null
    if (complaint !== null) return complaint
    // Messages of one role in a row are one turn: it is empty only where all of them are.
    const startsTurn = messages[index - 1]?.role !== role
    if (role === 'user' && startsTurn && isEmptyTurn(messages, index)) {
      return `messages.${index}: user messages must have non-empty content`
    }
    if (role === 'user' && index === messages.length - 1 && contentBlocks(content).some(isEmptyText)) {
      return 'messages: text content blocks must be non-empty'
    }
  }
  return null
}

function systemComplaint(messages: readonly MessageParam[], index: number): Complaint | null {
  const at = `messages.${index}`
  if (messages[index]?.content.length === 0) return `${at}: system content must contain at least one block`
  if (index === 0) {
    return `${at}: use the top-level 'system' parameter for the initial system prompt${systemElsewhere}`
  }
  return messages[index + 1]?.role === 'user'
    ? `${at}: role 'system' must precede an 'assistant' message or end the array${systemElsewhere}`
    : null
}

function isEmptyTurn(messages: readonly MessageParam[], start: number): boolean {
  for (const { role, content } of messages.slice(start)) {
    if (role !== 'user') break
    if (content.length > 0) return false
  }
  return true
}

function isEmptyText(block: ContentBlockParam): boolean {
  return block.type === 'text' && block.text === ''
}
