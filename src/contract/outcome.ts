import { z } from 'zod'
import { declaredAccuracySchema } from './accuracy.ts'

/** Why an agent ended a task; the vocabulary that L2 and L3 judge. */
export const stopReasons = [
  'end_turn',
  'max_steps',
  'tool_rule',
  'no_tool_call',
  'invalid_tool_call',
  'requires_approval',
  'cancelled',
  'deadline',
  'llm_api_error',
  'invalid_llm_response',
  'context_window_exceeded',
  'error',
] as const

export type StopReason = (typeof stopReasons)[number]

/** A call that the agent itself did not let through. */
export const refusalSchema = z.strictObject({
  /** Name of the upstream that was not called; of the agent, where a whole task was turned away. */
  upstream: z.string(),
  by: z.enum([
    ...(['breaker', 'bulkhead', 'rate limit', 'safe mode'] as const),
    ...(['task breaker', 'drain', 'health', 'budget', 'harm'] as const),
  ]),
  /** When, in milliseconds since the Unix epoch by the agent's clock. */
  atMs: z.number(),
  /** How long the agent says to wait before the next attempt can be let through, in milliseconds. */
  retryAfterMs: z.number().min(0).optional(),
})

/** The failure that an agent reports, as it understood it. */
export const reportedErrorSchema = z.strictObject({
  upstream: z.string(),
  /** HTTP status of the last attempt; null where there was none. */
  status: z.int().nullable(),
  /** The provider's error code of the last attempt; null where there was none. */
  code: z.string().nullable(),
  /** Attempts made of the call that failed. */
  attempts: z.int().min(0),
})

/** Typed claims an agent may make about its answer; each is checked against the wire when present. */
export const claimsSchema = z.strictObject({
  /** Where the answer came from: a source of the profile's fallback chain such as `primary` or `cache`, or `none`. */
  source: z.string().optional(),
  /** Whether anything but the primary contributed. */
  degraded: z.boolean().optional(),
  /** When an answer that was kept was made, in milliseconds since the Unix epoch by the agent's clock. */
  asOfMs: z.number().optional(),
  /** The accuracy the agent declares for this answer. */
  declaredAccuracy: declaredAccuracySchema.optional(),
  /** Keys of the effects the agent says it has caused. */
  effects: z.array(z.string()).optional(),
  /** Calls that the agent refused to make, in order. */
  refusals: z.array(refusalSchema).optional(),
  /** The failure that ended the task or made the agent fall back. */
  error: reportedErrorSchema.optional(),
})

export type Claims = z.output<typeof claimsSchema>
export type Refusal = z.output<typeof refusalSchema>

/** What an agent returned for a task. */
export const outcomeSchema = z.object({
  /** The text for the user; null where the agent has none. */
  answer: z.string().nullable(),
  /** Why the agent stopped, one of {@link stopReasons}. Kept as text so that L2 can judge an unknown one. */
  stop: z.string(),
  claims: claimsSchema.optional(),
})

export type Outcome = z.output<typeof outcomeSchema>
