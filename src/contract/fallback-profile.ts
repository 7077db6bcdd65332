import { z } from 'zod'

/** One source of answers. With an `upstream` it asks a model, with a `cache` it reuses an answer, else it is fixed text. */
export const fallbackSourceSchema = z.strictObject({
  /** The name that the agent gives it in its claims; the first of the chain is the primary. */
  source: z.string().min(1),
  /** Name of the model endpoint that it asks. */
  upstream: z.string().min(1).optional(),
  /** The model that it asks for, where several sources share an endpoint. */
  model: z.string().min(1).optional(),
  /** Tokens of that model's window, where declared: its requests fit. */
  windowTokens: z.int().min(1).optional(),
  /** Names of the tools that may be offered to it; absent: those of the primary. */
  tools: z.array(z.string()).optional(),
  /** Answers are kept, and reused for the same user and the same words for at most this many milliseconds. */
  cache: z.strictObject({ maxStaleMs: z.int().min(0) }).optional(),
})

/** What an agent declares of where its answers come from when the primary does not give any. */
export const fallbackProfileSchema = z.strictObject({
  /** In the order in which they are tried; the first is the primary. */
  chain: z.array(fallbackSourceSchema).min(2),
  /** Whether a request that was refused as the caller's own mistake (4xx) may be taken to the next source. */
  onNeutral: z.boolean().default(false),
  /** Milliseconds after the world has healed within which a task is served by the primary again. */
  returnMs: z.int().min(0).optional(),
  /** The most requests of a task to models, as a multiple of what the primary alone would need with its retries. */
  maxCostMultiple: z.number().min(1).optional(),
})

export type FallbackSource = z.output<typeof fallbackSourceSchema>
export type FallbackProfile = z.output<typeof fallbackProfileSchema>
