import type { Conversation } from '../messages/conversation.ts'
import type { Message } from '../messages/message.ts'
import { unitsOf } from './message-units.ts'
import type { MessageUnit } from './message-units.ts'

/** How much is given up. */
export interface EvictionAim {
  /** Messages at least, as far as there are any. */
  readonly messages: number
  /** Tokens at least, as far as there are any. */
  readonly tokens: number
}

/** A conversation after its oldest part was given up. */
export interface Eviction {
  readonly evicted: readonly Message[]
  /** What stays and came before the last that was evicted. */
  readonly before: Conversation
  readonly after: Conversation
}

/**
 * Gives up the oldest units that are not pinned, until the aim is met or nothing is left; null where nothing is.
 *
 * An earlier summary goes along and counts for nothing. What stays begins with words of the user, since providers
 * refuse a history that begins with the model's.
 *
 * @param tokensOf tokens of a request with these messages
 */
export function evictOldest(
  conversation: Conversation,
  aim: EvictionAim,
  tokensOf: (messages: readonly Message[]) => number,
): Eviction | null {
  const units = unitsOf(conversation)
  const gone = goingFirst(units, aim, (messages) => tokensOf(messages) - tokensOf([]))
  if (gone.size === 0) return null
  const last = units.findLastIndex((unit) => gone.has(unit))
  const stays = (unit: MessageUnit): readonly Message[] => (gone.has(unit) ? [] : unit.messages)
  return {
    evicted: units.flatMap((unit) => (gone.has(unit) ? unit.messages : [])),
    before: units.slice(0, last).flatMap(stays),
    after: units.slice(last).flatMap(stays),
  }
}

function goingFirst(
  units: readonly MessageUnit[],
  aim: EvictionAim,
  tokensOf: (messages: readonly Message[]) => number,
): Set<MessageUnit> {
  const gone = new Set<MessageUnit>()
  let messages = 0
  let tokens = 0
  let hasUser = false
  for (const unit of units) {
    const isMet = messages > 0 && messages >= aim.messages && tokens >= aim.tokens
    const isUser = unit.messages[0]?.role === 'user'
    if (isMet && (hasUser || isUser)) break
    if (unit.isPinned) {
      hasUser ||= isUser
      continue
    }
    gone.add(unit)
    if (unit.messages.every(isSummary)) continue
    messages += unit.messages.length
    tokens += tokensOf(unit.messages)
  }
  return gone
}

/** Whether a message stands for earlier ones. */
export function isSummary(message: Message): boolean {
  return message.role === 'user' && message.isSummary === true
}
