import type { Dialect } from '../../wire/dialect.ts'

/** Errors in OpenAI's envelope, which all its endpoints share. */
export const openAiDialects: readonly Dialect[] = ['openai.chat', 'openai.responses', 'openai.embeddings']

/** The endpoints of OpenAI that take a conversation, and so have a context window to overflow. */
export const openAiConversations: readonly Dialect[] = ['openai.chat', 'openai.responses']

export const chatOnly: readonly Dialect[] = ['openai.chat']

/** Where a stream is one of server-sent events; Bedrock's is binary. */
export const serverSentEvents: readonly Dialect[] = [
  'openai.chat',
  'openai.responses',
  'anthropic.messages',
  'google.gemini',
]

/** Where tool calls and texts come in numbered or named events of JSON, which can be wrong by themselves. */
export const numberedStreams: readonly Dialect[] = ['openai.chat', 'openai.responses', 'anthropic.messages']

export const anthropicOnly: readonly Dialect[] = ['anthropic.messages']

/** Where tool calls have a finish reason of their own, which can be wrong; Gemini's end like any reply. */
export const reasonsOfCalls: readonly Dialect[] = [
  'openai.chat',
  'openai.responses',
  'anthropic.messages',
  'bedrock.converse',
]

export const geminiOnly: readonly Dialect[] = ['google.gemini']

export const bedrockOnly: readonly Dialect[] = ['bedrock.converse']

export const responsesOnly: readonly Dialect[] = ['openai.responses']
