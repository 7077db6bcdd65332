import type { ChatCompletionToolMessageParam } from 'openai/resources/chat/completions'

/** What one tool call came to, in words for the model. */
export interface ToolResult {
  readonly callId: string
  readonly content: string
}

/** Turns the results of one reply's calls into messages. */
export type ToolResultMessages = (results: readonly ToolResult[]) => ChatCompletionToolMessageParam[]

/** One message per call, in call order: the API refuses a history in which a call has no result. */
export const toToolMessages: ToolResultMessages = (results) =>
  results.map(({ callId, content }) => ({ role: 'tool', tool_call_id: callId, content }))
