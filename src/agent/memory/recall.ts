import type { MessageRecord } from '../store/records/message-record.ts'
import { pageOf, ranked } from './text-search.ts'
import type { Page } from './text-search.ts'

/** Which earlier messages are wanted. */
export interface RecallQuery {
  /** Words that they hold; absent: any. */
  readonly text?: string | undefined
  /** From this moment on, in milliseconds since the Unix epoch. */
  readonly fromMs?: number | undefined
  /** Before this moment. */
  readonly beforeMs?: number | undefined
  readonly offset: number
  readonly limit: number
}

/** An earlier message as a model reads it. */
export interface RecalledMessage {
  readonly role: 'user' | 'assistant'
  readonly text: string
  readonly atMs: number
}

/** Whether a message can be recalled: what user and agent said, and not what tools brought or what stands for others. */
export function isRecallable({ message }: MessageRecord): boolean {
  if (message.role === 'user') return !message.isSummary
  return message.role === 'assistant' && Boolean(message.content)
}

/**
 * One page of the messages that a query wants: by words the best first, without words the newest first.
 *
 * @param messages oldest first
 */
export function recalled(messages: readonly MessageRecord[], query: RecallQuery): Page<RecalledMessage> {
  const { text, fromMs = -Infinity, beforeMs = Infinity, offset, limit } = query
  const inRange = messages
    .filter((one) => isRecallable(one) && one.keptAtMs >= fromMs && one.keptAtMs < beforeMs)
    .map((one): RecalledMessage => ({
      role: one.message.role === 'user' ? 'user' : 'assistant',
      text: one.message.content ?? '',
      atMs: one.keptAtMs,
    }))
  const ordered = text === undefined ? inRange.toReversed() : ranked(inRange, text, (message) => message.text)
  return pageOf(ordered, offset, limit)
}
