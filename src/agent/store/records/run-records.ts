import { z } from 'zod'
import { errorClasses } from '../../errors/error-class.ts'
import type { UsageTotal } from '../../events/usage-total.ts'
import { runStatuses } from '../../steps/run-status.ts'
import type { StepFailure } from '../../steps/step-failure.ts'
import type { StepMetrics } from '../../steps/step-metrics.ts'
import { stepProgressions } from '../../steps/step-progression.ts'
import { stopReasons } from '../../task/outcome.ts'
import type { ModelReply } from '../../providers/model-reply.ts'
import type { PastCall } from '../../rules/allowed-tools.ts'
import { requestedCallSchema, reasoningSchema } from './message-record.ts'

/** Milliseconds since the Unix epoch. */
export const epochMs = z.number()

/** Positions and counts. */
export const count = z.int().min(0)

const usageTotalSchema: z.ZodType<UsageTotal> = z.strictObject({
  inputTokens: count,
  outputTokens: count,
  cachedInputTokens: count,
  cacheWriteTokens: count,
  reasoningTokens: count,
  repliesEstimated: count,
})

/** One task from its first step on. Its status follows from its stop; until it is `completed` it can be taken up. */
export const runSchema = z.strictObject({
  /** The id of its task. */
  id: z.string(),
  /** The user's words. */
  input: z.string(),
  user: z.string().nullable(),
  status: z.enum(runStatuses),
  stop: z.enum(stopReasons).nullable(),
  answer: z.string().nullable(),
  /** Which source of the chain answered, where it was not the primary. */
  source: z.string().exactOptional(),
  /** When the answer was made, where it was a kept one. */
  asOfMs: epochMs.exactOptional(),
  startedAtMs: epochMs,
  endedAtMs: epochMs.nullable(),
  /** Of all handings-over that ended, together; null for a run of an earlier version. */
  usage: usageTotalSchema.nullable(),
  /** Of the last handing-over that ended. */
  requestMs: count.nullable(),
  timeToFirstTokenMs: count.nullable(),
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

/** Absent in what earlier versions of the agent kept. */
const identitySchema = z.strictObject({ id: z.string().nullable(), model: z.string().nullable() })

const replySchema: z.ZodType<ModelReply> = z.strictObject({
  identity: identitySchema.default({ id: null, model: null }),
  content: z.string().nullable(),
  refusal: z.string().nullable(),
  finishReason: z.string().nullable(),
  calls: z.array(requestedCallSchema),
  reasoning: z.array(reasoningSchema),
  usage: usageSchema.nullable(),
})

const pastCallSchema: z.ZodType<PastCall> = z.strictObject({ tool: z.string(), result: z.string() })

const failureSchema: z.ZodType<StepFailure> = z.strictObject({
  stop: z.enum(stopReasons),
  errorClass: z.enum([...errorClasses, 'store']).nullable(),
  message: z.string().nullable(),
})

const metricsSchema: z.ZodType<StepMetrics> = z.strictObject({ modelMs: count, toolMs: count, stepMs: count })

/**
 * One step of a run: `pending` from before the model is called until its messages are kept, `failed` where the task
 * ended in it. A run that is taken up goes on with its last step unless that is done.
 */
export const stepSchema = z.strictObject({
  run: z.string(),
  /** From 1. */
  number: z.int().min(1),
  status: z.enum(['pending', 'done', 'failed']),
  /** What the model said, kept before anything is done that it asked for; null until then. Asked for anew unless it asks for tools. */
  reply: replySchema.nullable(),
  /** The calls that ran in it, and what came of them. */
  calls: z.array(pastCallSchema),
  /** Replies in a row, up to this one, of which no call could be made. */
  invalidReplies: count,
  startedAtMs: epochMs,
  endedAtMs: epochMs.nullable(),
  /** As far as it had come when it was last written. */
  progression: z.enum(stepProgressions),
  /** Why the task ended in it before it was done; null where it did not, or where it waits for an approval. */
  failure: failureSchema.nullable(),
  /** What it had cost by then; null for a step of an earlier version. */
  cost: z.strictObject({ metrics: metricsSchema, usage: usageTotalSchema }).nullable(),
})
export type StepRecord = z.output<typeof stepSchema>

const traceErrorSchema = z.strictObject({
  errorClass: z.enum(errorClasses),
  /** HTTP status; null where none came. */
  status: z.int().nullable(),
  message: z.string(),
})

/** One attempt of a call to a provider and what came of it, for those who look for the cause of something. */
export const traceSchema = z.strictObject({
  id: z.string(),
  run: z.string(),
  step: z.int().min(1),
  upstream: z.string(),
  request: z.json(),
  /** Null where none came whole. */
  response: z.json(),
  /** When it was sent. */
  atMs: epochMs,
  /** Null where it succeeded. */
  error: traceErrorSchema.nullable(),
  tookMs: count.nullable(),
})
export type TraceRecord = z.output<typeof traceSchema>
