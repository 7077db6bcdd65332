import type { ToolMessage } from '../messages/message.ts'

/** What one tool call came to, in words for the model. */
export interface ToolResult {
  readonly callId: string
  readonly content: string
}

/** Turns the results of one reply's calls into messages. */
export type ToolResultMessages = (results: readonly ToolResult[]) => ToolMessage[]

/** One message per call, in call order: the API refuses a history in which a call has no result. */
export const toToolMessages: ToolResultMessages = (results) =>
  results.map(({ callId, content }) => ({ role: 'tool', callId, content }))
