/** The languages that endpoints of models speak: their paths, envelopes, errors and streams. */
export const dialects = [
  'openai.chat',
  'openai.responses',
  'openai.embeddings',
  'anthropic.messages',
  'google.gemini',
  'bedrock.converse',
] as const

export type Dialect = (typeof dialects)[number]
