import type { AssistantMessage, Message, Reasoning, RequestedCall } from './message.ts'

/** The messages of a task, oldest first; replaced, never edited in place. */
export type Conversation = readonly Message[]

/** Starts the conversation of a task. */
export function startConversation(instructions: string, input: string): Conversation {
  return [
    { role: 'system', content: instructions },
    { role: 'user', content: input },
  ]
}

/** The assistant's turn as the history keeps it: with the calls that get a result, and no others. */
export function assistantTurn(
  { content, reasoning }: { readonly content: string | null; readonly reasoning: readonly Reasoning[] },
  calls: readonly RequestedCall[],
): AssistantMessage {
  return { role: 'assistant', content, calls, reasoning }
}
