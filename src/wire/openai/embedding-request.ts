import { z } from 'zod'
import { textTokens } from './tokenizer.ts'

const tokens = z.array(z.int().min(0)).min(1)
const mostInputs = 2_048

/**
 * The body of `POST /v1/embeddings`.
 *
 * Source of the shape: openai-node 7 (`EmbeddingCreateParams`).
 */
export const embeddingRequestSchema = z.looseObject({
  model: z.string().min(1),
  input: z.union([
    z.string().min(1),
    z.array(z.string().min(1)).min(1).max(mostInputs),
    tokens,
    z.array(tokens).min(1).max(mostInputs),
  ]),
  dimensions: z.int().min(1).nullish(),
  encoding_format: z.enum(['float', 'base64']).nullish(),
})

export type EmbeddingRequest = z.output<typeof embeddingRequestSchema>

/** A text to embed, or its tokens as words. */
export interface EmbeddingInput {
  readonly text: string
  readonly tokens: number
}

/** The inputs of a request, one for each vector that it wants. */
export function embeddingInputs({ input }: EmbeddingRequest): EmbeddingInput[] {
  if (typeof input === 'string') return [ofText(input)]
  const isOneInput = input.every((one) => typeof one === 'number')
  return isOneInput ? [ofTokens(input)] : input.map((one) => (typeof one === 'string' ? ofText(one) : ofTokens(one)))
}

function ofText(text: string): EmbeddingInput {
  return { text, tokens: textTokens(text) }
}

/** Tokens are not decoded: which encoding they are of, only their sender knows. */
function ofTokens(tokens: unknown): EmbeddingInput {
  const numbers = tokens as readonly number[]
  return { text: numbers.join(' '), tokens: numbers.length }
}
