import type { RequestedFormat } from '../format/answer-format.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { SilenceLimits } from '../resilience/silence-limit.ts'
import type { ApiKeys } from './client-per-key.ts'
import type { ModelReply, ReplyDelta } from './model-reply.ts'

/** A tool as it is offered to a model. */
export interface OfferedTool {
  readonly name: string
  readonly description: string
  /** The parameters as JSON Schema. */
  readonly jsonSchema: Record<string, unknown>
  /** Whether the service is to hold the model to the schema, which then is one that it can. */
  readonly strict?: boolean | undefined
}

/** What the model is told of calling tools: as it likes, one at least, or this one. */
export type ToolChoice = 'auto' | 'required' | { readonly tool: string }

/** What is asked of a model, before a provider has spelt it. */
export interface ModelRequest {
  readonly model: string
  readonly messages: Conversation
  readonly tools: readonly OfferedTool[]
  readonly toolChoice: ToolChoice
  /** The most tokens of the reply; null: as the provider likes, where it lets one leave that open. */
  readonly maxOutputTokens: number | null
  /** The form of the answer; null or absent: text. */
  readonly answerFormat?: RequestedFormat | null
}

/** What to make of a stream that broke off: a reply after all, or null for a failed attempt. */
export type OnCutStream = (partial: ModelReply, error: Error) => ModelReply | null

/** Nothing of a reply that is not whole is used: half an answer misleads, and half a tool call is another call. */
export const dropCutStream: OnCutStream = () => null

/** Sees what an attempt sends and gets, for those who look for the cause of something. */
export interface AttemptWatch {
  /** The body as it is sent. */
  sent(body: object): void
  /** The body as it came; of a stream, the reply that it brought. */
  answered(body: unknown): void
}

/** How one attempt is made. */
export interface AttemptOptions extends SilenceLimits {
  readonly signal: AbortSignal
  /** Milliseconds to the response headers, by the timer of the SDK. */
  readonly headersMs: number
  /** Whether the reply is asked for as a stream. */
  readonly stream: boolean
  readonly onCut: OnCutStream
  /** Hears each piece of a streamed reply as it comes; what it heard of a failed attempt is void. */
  readonly onDelta?: (delta: ReplyDelta) => void
  readonly watch?: AttemptWatch | undefined
  /** Told of a streamed reply that is whole while its usage is waited for: it must not be lost to that wait. */
  readonly onWhole?: (reply: ModelReply) => void
}

/**
 * A reply that has arrived whole and is read when it is asked for.
 *
 * An answer that makes no sense is still an answer of the endpoint, so that reading it is no part of the attempt.
 *
 * @throws {StopError} `invalid_llm_response` where it is no reply
 */
export type UnreadReply = () => ModelReply

/** A request in the words of its provider. */
export interface PreparedRequest {
  /** What is sent, for those who want to see it without sending it. */
  readonly body: object
  /** The same where the reply is asked for as a stream. */
  readonly streamed: object
  /**
   * Makes one attempt; the SDK's own retries are off, since they would pass no breaker.
   *
   * @throws the error as the SDK raised it, or a {@link StreamCutError}
   */
  send(options: AttemptOptions): Promise<UnreadReply>
}

/** The port to a provider of models: it spells requests and reads replies. */
export interface ModelProvider {
  prepare(request: ModelRequest): PreparedRequest
}

/** Where a provider is and how it is paid. */
export interface ProviderAddress {
  /** The key, or what gives it out where it may change. */
  readonly apiKey: string | ApiKeys
  readonly baseURL: string
  /** Whether usage is asked for with streamed replies, where a provider does not tell it unasked. */
  readonly streamUsage?: boolean | undefined
}
