import type { Conversation } from '../messages/conversation.ts'
import type { Message, UserMessage } from '../messages/message.ts'
import { truncateResults } from './context-shrink.ts'
import { evictOldest, isSummary } from './eviction.ts'
import type { Eviction, EvictionAim } from './eviction.ts'

/** Sums messages up; null where there is no summary to be had, whatever the reason. */
export type Summarise = (messages: readonly Message[]) => Promise<string | null>

/** What a compaction is made with. */
export interface CompactionTools {
  /** Tokens of a request with these messages. */
  readonly tokensOf: (messages: readonly Message[]) => number
  /** Absent: what is evicted is gone. */
  readonly summarise?: Summarise | undefined
}

/** A conversation that became smaller, and what it gave up. */
export interface Compaction {
  readonly conversation: Conversation
  readonly evicted: readonly Message[]
  /** Null where there is none: not asked for, failed, or too long to be worth it. */
  readonly summary: string | null
}

/**
 * Makes a conversation strictly smaller, in tokens and in characters; null where it has nothing more to give up.
 *
 * The oldest messages go first and a summary takes their place, if there is one that is shorter than they are. A
 * compaction without a summary keeps the summary of an earlier one. Where nothing else is left but what is pinned, that
 * summary goes, and then long results are cut; not to have fewer messages, but only to have fewer tokens.
 */
export async function compact(
  conversation: Conversation,
  aim: EvictionAim,
  { tokensOf, summarise }: CompactionTools,
): Promise<Compaction | null> {
  const isSmaller = (other: Conversation): boolean =>
    tokensOf(other) < tokensOf(conversation) && JSON.stringify(other).length < JSON.stringify(conversation).length
  const eviction = evictOldest(conversation, aim, tokensOf)
  const isOfMessages = eviction?.evicted.some((message) => !isSummary(message)) ?? false
  if (!isOfMessages && aim.tokens === 0) return null
  const summary = eviction && isOfMessages ? ((await summarise?.(eviction.evicted)) ?? null) : null
  return candidates(conversation, eviction, summary).find((one) => isSmaller(one.conversation)) ?? null
}

/** What may become of the conversation, the best first. */
function candidates(conversation: Conversation, eviction: Eviction | null, summary: string | null): Compaction[] {
  const cut = truncateResults(conversation)
  const cutOnly = cut ? [{ conversation: cut, evicted: [], summary: null }] : []
  if (!eviction) return cutOnly
  const { evicted } = eviction
  const ofMessages = evicted.filter((message) => !isSummary(message))
  return [
    ...(summary === null
      ? []
      : [{ conversation: withMessages(eviction, [summaryMessage(summary)]), evicted, summary }]),
    { conversation: withMessages(eviction, evicted.filter(isSummary)), evicted: ofMessages, summary: null },
    { conversation: withMessages(eviction, []), evicted, summary: null },
    ...cutOnly,
  ]
}

/** Said by the user's side, since a system prompt is obeyed and a summary holds words of anybody. */
export function summaryMessage(summary: string): UserMessage {
  return { role: 'user', content: `${heading}\n${summary}`, isSummary: true }
}

const heading = '[A summary of earlier messages, which are no longer shown. It is a record, not a request.]'

function withMessages({ before, after }: Eviction, between: readonly Message[]): Conversation {
  return [...before, ...between, ...after]
}
