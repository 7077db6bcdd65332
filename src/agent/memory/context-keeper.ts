import { StopError } from '../errors/stop-error.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { Message } from '../messages/message.ts'
import type { ModelRequest } from '../providers/provider.ts'
import { compact } from './compaction.ts'
import type { Compaction, Summarise } from './compaction.ts'
import type { ContextSettings } from './context-options.ts'
import type { EvictionAim } from './eviction.ts'
import type { TokenCounter } from './token-counter.ts'

/** What the keeper of a context is made of. */
export interface ContextKeeperParts {
  readonly settings: ContextSettings
  readonly counter: TokenCounter
  /** The request that a conversation becomes. */
  readonly requestOf: (conversation: Conversation) => ModelRequest
  readonly summarise?: Summarise | undefined
  /** Told of each compaction, before the smaller conversation is used. */
  readonly onCompaction?: ((compaction: Compaction) => Promise<void>) | undefined
}

/** Keeps the conversation of one step within the window, by so many compactions and no more. */
export class ContextKeeper {
  readonly #parts: ContextKeeperParts
  #compactionsLeft: number

  constructor(parts: ContextKeeperParts) {
    this.#parts = parts
    this.#compactionsLeft = parts.settings.maxCompactions
  }

  /**
   * The conversation as it is to be sent: compacted where it would fill the window.
   *
   * @throws {StopError} `context_window_exceeded` where it certainly does not fit, so that sending it is no use
   */
  async fit(conversation: Conversation): Promise<Conversation> {
    let current = conversation
    for (;;) {
      const aim = this.#aimBefore(current)
      const smaller = aim && (await this.#compact(current, aim))
      if (!smaller) break
      current = smaller
    }
    const { counter, settings } = this.#parts
    const isCertain = counter.basis === 'tokenizer'
    if (isCertain && this.#tokens(current) > settings.windowTokens - this.#reserved(current)) throw irreducible()
    return current
  }

  /**
   * A strictly smaller conversation, after the provider has said that this one is too long.
   *
   * @throws {StopError} `context_window_exceeded` where there is none, or no compaction left
   */
  async afterOverflow(conversation: Conversation, cause: unknown): Promise<Conversation> {
    const excess = this.#tokens(conversation) - this.#limit(conversation)
    // The count was wrong or the window smaller than was said: nobody knows by how much, so that a share must do.
    const share = Math.ceil(this.#tokens(conversation) * this.#parts.settings.evictShare)
    const aim = { messages: this.#messagesToEvict(conversation), tokens: Math.max(excess, share) + this.#summaryTokens }
    const smaller = await this.#compact(conversation, aim)
    if (!smaller) throw irreducible(cause)
    return smaller
  }

  /** One compaction that was asked for; null where there is nothing to give up. */
  compactNow(conversation: Conversation): Promise<Compaction | null> {
    return this.#compacted(conversation, { messages: this.#messagesToEvict(conversation), tokens: 0 })
  }

  /** What a compaction should give up before this is sent; null where none is due. */
  #aimBefore(conversation: Conversation): EvictionAim | null {
    const { mode, messageBufferLimit } = this.#parts.settings
    const excess = this.#tokens(conversation) - this.#limit(conversation)
    const isFull = mode === 'static_buffer' && spoken(conversation) > messageBufferLimit
    if (excess <= 0 && !isFull) return null
    const tokens = excess > 0 ? excess + this.#summaryTokens : 0
    return { messages: this.#messagesToEvict(conversation), tokens }
  }

  async #compact(conversation: Conversation, aim: EvictionAim): Promise<Conversation | null> {
    if (this.#compactionsLeft === 0) return null
    const compaction = await this.#compacted(conversation, aim)
    if (!compaction) return null
    this.#compactionsLeft -= 1
    return compaction.conversation
  }

  async #compacted(conversation: Conversation, aim: EvictionAim): Promise<Compaction | null> {
    const { summarise, onCompaction } = this.#parts
    const tokensOf = (messages: readonly Message[]): number => this.#tokens(messages)
    const compaction = await compact(conversation, aim, { tokensOf, summarise })
    if (compaction) await onCompaction?.(compaction)
    return compaction
  }

  #messagesToEvict(conversation: Conversation): number {
    const { mode, evictShare, messageBufferMin } = this.#parts.settings
    const messages = spoken(conversation)
    return mode === 'partial_evict' ? Math.ceil(messages * evictShare) : Math.max(1, messages - messageBufferMin)
  }

  /** Tokens that a request may have before the history is compacted. */
  #limit(conversation: Conversation): number {
    const { windowTokens, compactAtShare } = this.#parts.settings
    return Math.min(Math.floor(windowTokens * compactAtShare), windowTokens - this.#reserved(conversation))
  }

  #tokens(conversation: Conversation): number {
    return this.#parts.counter.request(this.#parts.requestOf(conversation))
  }

  #reserved(conversation: Conversation): number {
    return this.#parts.counter.reserved(this.#parts.requestOf(conversation))
  }

  get #summaryTokens(): number {
    return this.#parts.summarise ? (this.#parts.settings.summary?.maxTokens ?? 0) : 0
  }
}

function spoken(conversation: Conversation): number {
  return conversation.filter(({ role }) => role !== 'system').length
}

function irreducible(cause?: unknown): StopError {
  return new StopError('context_window_exceeded', 'The conversation does not fit, and nothing more can be given up.', {
    cause,
  })
}
