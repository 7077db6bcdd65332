import { z } from 'zod'
import { stopReasons } from '../../task/outcome.ts'
import type { ModelReply } from '../../providers/model-reply.ts'
import type { PastCall } from '../../rules/allowed-tools.ts'
import { requestedCallSchema, reasoningSchema } from './message-record.ts'

/** Milliseconds since the Unix epoch. */
export const epochMs = z.number()

/** Positions and counts. */
export const count = z.int().min(0)

/** One task from its first step on. It is `completed` once it is answered, and can be taken up until then. */
export const runSchema = z.strictObject({
  /** The id of its task. */
  id: z.string(),
  /** The user's words. */
  input: z.string(),
  user: z.string().nullable(),
  status: z.enum(['running', 'stopped', 'completed']),
  stop: z.enum(stopReasons).nullable(),
  answer: z.string().nullable(),
  /** Which source of the chain answered, where it was not the primary. */
  source: z.string().exactOptional(),
  /** When the answer was made, where it was a kept one. */
  asOfMs: epochMs.exactOptional(),
  startedAtMs: epochMs,
  endedAtMs: epochMs.nullable(),
})
export type RunRecord = z.output<typeof runSchema>

const tokens = count.nullable()

const usageSchema = z.strictObject({
  inputTokens: count,
  outputTokens: count,
  cachedInputTokens: tokens,
  cacheWriteTokens: tokens,
  reasoningTokens: tokens,
})

const replySchema: z.ZodType<ModelReply> = z.strictObject({
  content: z.string().nullable(),
  refusal: z.string().nullable(),
  finishReason: z.string().nullable(),
  calls: z.array(requestedCallSchema),
  reasoning: z.array(reasoningSchema),
  usage: usageSchema.nullable(),
})

const pastCallSchema: z.ZodType<PastCall> = z.strictObject({ tool: z.string(), result: z.string() })

/** One step of a run; it is `pending` from before the model is called until its messages are kept. */
export const stepSchema = z.strictObject({
  run: z.string(),
  /** From 1. */
  number: z.int().min(1),
  status: z.enum(['pending', 'done']),
  /** What the model said, kept before anything is done that it asked for; null until then. */
  reply: replySchema.nullable(),
  /** The calls that ran in it, and what came of them. */
  calls: z.array(pastCallSchema),
  /** Replies in a row, up to this one, of which no call could be made. */
  invalidReplies: count,
  startedAtMs: epochMs,
  endedAtMs: epochMs.nullable(),
})
export type StepRecord = z.output<typeof stepSchema>

/** A request to a provider and what came of it, for those who look for the cause of something. */
export const traceSchema = z.strictObject({
  id: z.string(),
  run: z.string(),
  step: z.int().min(1),
  upstream: z.string(),
  request: z.json(),
  response: z.json(),
  atMs: epochMs,
})
export type TraceRecord = z.output<typeof traceSchema>
