import { z } from 'zod'
import { breakerProfileSchema } from './breaker-profile.ts'
import { bulkheadProfileSchema, rateLimitProfileSchema } from './bulkhead-profile.ts'
import { fallbackProfileSchema } from './fallback-profile.ts'
import {
  healthProfileSchema,
  keysProfileSchema,
  persistenceProfileSchema,
  safeModeProfileSchema,
} from './operations-profile.ts'
import { stopReasons } from './outcome.ts'

/**
 * How the gap before attempt k+1 is drawn, with `hi = min(capMs, baseMs · factor^(k−1))`:
 * `none` is hi itself, `full` [0, hi], `equal` [hi/2, hi], `sdk` [0.75·hi, hi] (openai-node).
 */
export const backoffSchema = z.strictObject({
  baseMs: z.number().positive(),
  factor: z.number().min(1),
  capMs: z.number().positive(),
  jitter: z.enum(['none', 'full', 'equal', 'sdk']),
})

export const retryProfileSchema = z.strictObject({
  /** Attempts per logical call over all layers, the first one included. */
  maxAttempts: z.int().min(1),
  /** A longer Retry-After than this makes the agent give up, in milliseconds. Absent: it waits however long. */
  retryAfterCapMs: z.number().positive().optional(),
  /** Judged by R5 and R6 where declared. */
  backoff: backoffSchema.optional(),
  /** A store of retries: each retry takes one, each success puts back `perSuccess`, never more than `capacity`. */
  budget: z.strictObject({ capacity: z.number().positive(), perSuccess: z.number().min(0) }).optional(),
  /** The most calls in any second after the world heals, as a multiple of the mean; judged by R19 where declared. */
  herdMultiple: z.number().min(1).optional(),
  /** Model requests of one logical call that may be under way at once; the rest are given up as one is answered. */
  hedging: z.strictObject({ atOnce: z.int().min(2) }).optional(),
  /** A model request may be sent again in another form after a failure; absent: it is repeated as it was. */
  repairs: z.boolean().optional(),
})

export const timeoutProfileSchema = z.strictObject({
  /** One model attempt, body included. */
  modelMs: z.int().positive().optional(),
  /** From sending a streamed model request to the first piece of the reply. */
  firstTokenMs: z.int().positive().optional(),
  /** Between two pieces of a streamed reply. */
  idleMs: z.int().positive().optional(),
  /** One tool attempt. */
  toolMs: z.int().positive().optional(),
  /** One step: a model reply with its retries, and the tools that it asks for. */
  stepMs: z.int().positive().optional(),
  /** The whole task, waits included. */
  taskMs: z.int().positive().optional(),
})

export const toolPermissionsSchema = z.strictObject({
  /** Tools the agent must never run, whatever a model asks. */
  forbidden: z.array(z.string()).default([]),
  /** Tools that run only after an approval of the very same arguments. */
  gated: z.array(z.string()).default([]),
  /** Tools that run only once a policy engine has allowed the very same arguments; judged by P8. */
  governed: z.array(z.string()).default([]),
  /** Tools whose back ends change something; each logical effect may happen once. */
  effectful: z.array(z.string()).default([]),
})

/**
 * What an agent declares of itself.
 *
 * A property reads the profile and the trace, nothing else; where the profile is silent,
 * the properties that would need the missing part are not applicable.
 */
export const profileSchema = z.strictObject({
  /** Model replies per task before the agent stops with `max_steps`. */
  maxSteps: z.int().min(1).optional(),
  /** Virtual milliseconds within which a task ends, counted from the later of its start and the heal point. */
  terminationMs: z.int().positive().optional(),
  /** The stop reasons the agent may give. */
  stopReasons: z.array(z.enum(stopReasons)).default([...stopReasons]),
  retry: retryProfileSchema.optional(),
  timeouts: timeoutProfileSchema.optional(),
  breaker: breakerProfileSchema.optional(),
  bulkheads: z.array(bulkheadProfileSchema).min(1).optional(),
  rateLimits: z.array(rateLimitProfileSchema).min(1).optional(),
  fallback: fallbackProfileSchema.optional(),
  /** Present: each answer carries the accuracy that the agent declares for it. */
  accuracy: z
    .strictObject({
      /** How far a declared share may lie above the observed one before it counts as claiming too much. */
      tolerance: z.number().min(0).max(1).default(0),
      /** Trials below which an evidenced accuracy must be `unknown` or show its interval only. */
      minimumTrials: z.int().min(1).default(30),
    })
    .optional(),
  tools: toolPermissionsSchema.optional(),
  persistence: persistenceProfileSchema.optional(),
  safeMode: safeModeProfileSchema.optional(),
  keys: keysProfileSchema.optional(),
  health: healthProfileSchema.optional(),
  /**
   * The model asks for another step by this boolean argument of a tool call, and the task may end with calls of which
   * none asks. Absent: tool calls alone ask for another step. Judged by L3.
   */
  heartbeat: z.strictObject({ parameter: z.string().min(1) }).optional(),
  /** The agent has its model sum history up, in calls that are no steps of a task. */
  summaries: z
    .strictObject({
      /** Words that stand in each request for a summary, and in no other. */
      instructions: z.string().min(20),
    })
    .optional(),
})

/** What the author of a scenario writes. */
export type ProfileInput = z.input<typeof profileSchema>
/** The parsed profile, defaults filled in. */
export type Profile = z.output<typeof profileSchema>
export type Backoff = z.output<typeof backoffSchema>
