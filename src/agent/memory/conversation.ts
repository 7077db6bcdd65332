import type { ChatCompletionAssistantMessageParam, ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { ModelReply, RequestedCall } from '../model/model-reply.ts'

/** The messages of a task, oldest first; replaced, never edited in place. */
export type Conversation = readonly ChatCompletionMessageParam[]

/** Starts the conversation of a task. */
export function startConversation(instructions: string, input: string): Conversation {
  return [
    { role: 'system', content: instructions },
    { role: 'user', content: input },
  ]
}

/** The assistant's turn as the history keeps it: with the calls that get a result, and no others. */
export function assistantTurn(reply: ModelReply, calls: readonly RequestedCall[]): ChatCompletionAssistantMessageParam {
  return {
    role: 'assistant',
    content: reply.content,
    tool_calls: calls.map(({ id, name, argumentsText }) => ({
      id,
      type: 'function',
      function: { name, arguments: argumentsText },
    })),
  }
}
