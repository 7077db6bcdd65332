import type { Reasoning, RequestedCall } from '../messages/message.ts'

/** Tokens of one reply, as the provider counted them; null where it did not say. */
export interface Usage {
  /** All tokens of the request, those from a cache among them. */
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens: number | null
  readonly cacheWriteTokens: number | null
  readonly reasoningTokens: number | null
}

/** A piece of a reply that is on its way. */
export type ReplyDelta =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  /** A piece of a tool call's arguments; the name comes with the first one. */
  | { readonly kind: 'call'; readonly index: number; readonly name: string | null; readonly argumentsText: string }

/** Why a reply ended, in the words of Chat Completions; others are kept as they came. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | (string & {})

/** Which reply it is, by the provider's own words; null where it did not say. */
export interface ReplyIdentity {
  /** The identifier of the reply, e.g. for a question to the provider's support. */
  readonly id: string | null
  /** The model that answered, which may be a dated version of the one that was asked. */
  readonly model: string | null
}

/** What the model said in one reply. */
export interface ModelReply {
  readonly identity: ReplyIdentity
  readonly content: string | null
  readonly refusal: string | null
  readonly finishReason: FinishReason | null
  readonly calls: readonly RequestedCall[]
  readonly reasoning: readonly Reasoning[]
  readonly usage: Usage | null
}
