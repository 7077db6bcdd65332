import { z } from 'zod'
import { waitMs } from '../resilience/resilience-options.ts'
import type { TokenCounter } from './token-counter.ts'

const counterSchema = z.custom<TokenCounter>(
  (value) => typeof value === 'object' && value !== null && 'request' in value && 'reserved' in value,
  'must be a counter of tokens',
)

/** Who sums up what is given up: the primary model, within these limits. */
export const summarySchema = z.strictObject({
  /** The most tokens of a summary; a longer one is not used. */
  maxTokens: z.int().min(16).default(500),
  /** All attempts at one summary together. */
  timeoutMs: waitMs.default(20_000),
})

/** How a conversation is kept within the window of its model. */
export const contextSchema = z
  .strictObject({
    /** Tokens of the window, which request and reply share. */
    windowTokens: z.int().min(1),
    /** Share of the window, 0 to 1, above which the history is compacted before it is sent. */
    compactAtShare: z.number().gt(0).max(1).default(0.9),
    /** `partial_evict` gives a share of the messages up, the oldest first; `static_buffer` all but the newest few. */
    mode: z.enum(['partial_evict', 'static_buffer']).default('partial_evict'),
    /** Share of the messages that one partial eviction gives up at least. */
    evictShare: z.number().gt(0).lt(1).default(0.3),
    /** Messages above which a static buffer is compacted, whatever its tokens. */
    messageBufferLimit: z.int().min(2).default(60),
    /** Messages that a static buffer keeps at most, those that are pinned aside. */
    messageBufferMin: z.int().min(0).default(15),
    /** Compactions per step, those before the request and those after an overflow together. */
    maxCompactions: z.int().min(1).max(10).default(2),
    /** Absent: what is given up is gone, and no model is asked to sum it up. */
    summary: summarySchema.optional(),
    /** Absent: the counter for the provider of the client. */
    counter: counterSchema.optional(),
  })
  .refine((context) => context.messageBufferMin < context.messageBufferLimit, {
    path: ['messageBufferMin'],
    error: 'must be less than messageBufferLimit',
  })

export type ContextSettings = z.output<typeof contextSchema>
export type SummarySettings = z.output<typeof summarySchema>
