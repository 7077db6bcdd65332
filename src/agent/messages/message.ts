/** One tool call as the model asked for it, nothing of it checked yet. */
export interface RequestedCall {
  readonly id: string
  readonly name: string
  readonly argumentsText: string
}

/** What the model thought before it spoke, in the forms in which providers give it away. */
export type Reasoning =
  /** The signature proves to its provider that the text is its own; without it the text cannot be sent back. */
  | { readonly kind: 'text'; readonly text: string; readonly signature: string | null }
  /** Readable by the provider alone, and sent back as it came. */
  | { readonly kind: 'redacted'; readonly data: string }

export interface SystemMessage {
  readonly role: 'system'
  readonly content: string
}

export interface UserMessage {
  readonly role: 'user'
  readonly content: string
  /** Whether it stands for earlier messages and was not written by the user. */
  readonly isSummary?: true
}

export interface AssistantMessage {
  readonly role: 'assistant'
  readonly content: string | null
  readonly calls: readonly RequestedCall[]
  readonly reasoning: readonly Reasoning[]
}

export interface ToolMessage {
  readonly role: 'tool'
  readonly callId: string
  readonly content: string
}

/** A message as the agent keeps it; each provider spells it in its own words. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage
