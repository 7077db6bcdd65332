import type { FaultWords } from './predicate.ts'

export const contextWords: FaultWords = {
  'anthropic.400.context': ({ text }) => `is answered 400 for a prompt beyond ${text('windowTokens')} tokens`,
  'anthropic.400.max_tokens': ({ text }) =>
    `is answered 400 for a prompt and max_tokens beyond ${text('windowTokens')} tokens`,
  'bedrock.400.context': () => 'is answered 400 for a prompt beyond the window',
  'gemini.400.context': ({ text }) => `is answered 400 for a prompt beyond ${text('windowTokens')} tokens`,
  'openai.400.context': ({ text }) =>
    `is answered 400 context_length_exceeded for a window of ${text('windowTokens')} tokens`,
  'openai.400.context.completion': ({ text }) =>
    `is answered 400 context_length_exceeded, messages and completion together, for a window of ${text('windowTokens')} tokens`,
  'deepseek.400.context': ({ text }) =>
    `is answered 400 invalid_request_error for a full window of ${text('windowTokens')} tokens`,
  'context.overflow_again': ({ text }) =>
    `is too long for ${text('windowTokens')} tokens, and so are ${text('times')} smaller ones after it`,
  'context.huge_tool_result': ({ text }) => `is answered with ${text('words')} words too many`,
}
