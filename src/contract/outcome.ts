import { z } from 'zod'

/** Why an agent ended a task; the vocabulary that L2 and L3 judge. */
export const stopReasons = [
  'end_turn',
  'max_steps',
  'requires_approval',
  'cancelled',
  'deadline',
  'llm_api_error',
  'invalid_llm_response',
  'context_window_exceeded',
  'error',
] as const

export type StopReason = (typeof stopReasons)[number]

/** Typed claims an agent may make about its answer; each is checked against the wire when present. */
export const claimsSchema = z.strictObject({
  /** Where the answer came from: `primary`, `fallback_1`, `cache`, `none`. */
  source: z.string().optional(),
  /** Whether anything but the primary contributed. */
  degraded: z.boolean().optional(),
  /** The accuracy the agent declares for this answer, 0 to 1. */
  declaredAccuracy: z.number().min(0).max(1).optional(),
  /** Keys of the effects the agent says it has caused. */
  effects: z.array(z.string()).optional(),
})

/** What an agent returned for a task. */
export const outcomeSchema = z.object({
  /** The text for the user; null where the agent has none. */
  answer: z.string().nullable(),
  /** Why the agent stopped, one of {@link stopReasons}. Kept as text so that L2 can judge an unknown one. */
  stop: z.string(),
  claims: claimsSchema.optional(),
})

export type Outcome = z.output<typeof outcomeSchema>
