import type { Findable, Search } from '../store/findable.ts'
import type { MessageRecord } from '../store/records/message-record.ts'

/** Which earlier messages are wanted. */
export type RecallQuery = Omit<Search, 'owner'>

/** An earlier message as a model reads it. */
export interface RecalledMessage {
  readonly role: 'user' | 'assistant'
  readonly text: string
  readonly atMs: number
}

/** How a message is recalled: what user and agent said is, and not what tools brought, what stands for others or what failed. */
export function recallable({ run, owner, position, message, failedInStep, keptAtMs }: MessageRecord): Findable | null {
  const isSaid = message.role === 'user' ? !message.isSummary : message.role === 'assistant'
  if (owner === null || failedInStep !== undefined || !isSaid || !message.content) return null
  return { owner, text: message.content, atMs: keptAtMs, shownIn: position === null ? null : run }
}

/** A message that was found, as a model reads it. */
export function asRecalled({ message, keptAtMs }: MessageRecord): RecalledMessage {
  return { role: message.role === 'user' ? 'user' : 'assistant', text: message.content ?? '', atMs: keptAtMs }
}
