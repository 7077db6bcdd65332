import type { Conversation } from '../messages/conversation.ts'

/** The conversation with the memory of now behind the instructions; the same one where nothing has changed. */
export function withMemory(conversation: Conversation, instructions: string, memory: string): Conversation {
  const content = `${instructions}\n\n${memory}`
  const [first, ...rest] = conversation
  if (first?.role !== 'system' || first.content === content) return conversation
  return [{ role: 'system', content }, ...rest]
}
