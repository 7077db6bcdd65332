import type { Conversation } from './conversation.ts'
import type { Reasoning } from './message.ts'

/**
 * What becomes of the reasoning of a model.
 *
 * `keep`: it is told as it came, with its signatures. `redact`: told is that there was some. `omit`: nothing of it is
 * told. In all three it is sent back where its provider takes it. `scrub`: nothing is told, and nothing is sent back, as
 * a model wants it whose reasoning is off.
 */
export type ReasoningMode = 'keep' | 'redact' | 'omit' | 'scrub'

/** Reasoning as it is told. */
export function shownReasoning(reasoning: readonly Reasoning[], mode: ReasoningMode): readonly Reasoning[] {
  if (mode === 'keep') return reasoning
  return mode === 'redact' ? reasoning.map(() => ({ kind: 'redacted', data: '' })) : []
}

/** A conversation as it is sent back. */
export function sentReasoning(conversation: Conversation, mode: ReasoningMode): Conversation {
  if (mode !== 'scrub') return conversation
  return conversation.map((message) => (message.role === 'assistant' ? { ...message, reasoning: [] } : message))
}
