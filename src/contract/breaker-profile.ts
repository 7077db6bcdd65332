import { z } from 'zod'
import { callTargetSchema } from './call-target.ts'

/** The calls that a rate is taken over: the last so many countable ones, or those of the last so many milliseconds. */
export const breakerWindowSchema = z.union([
  z.strictObject({ calls: z.int().min(1) }),
  z.strictObject({ ms: z.int().min(1) }),
])

const rateRule = {
  /** Share of the calls in the window, 0 to 1. */
  threshold: z.number().gt(0).max(1),
  window: breakerWindowSchema,
  /** Countable calls in the window below which the rule does not speak. */
  minimumCalls: z.int().min(1),
  /** Whether the breaker opens `at` the threshold (resilience4j, Polly) or only `above` it (cockatiel, opossum). */
  opens: z.enum(['at', 'above']).default('at'),
}

/**
 * What an agent declares of its circuit breakers: each upstream that it guards has one of its own.
 *
 * A field that is absent is not claimed: every behaviour that it could have is permitted then.
 */
export const breakerProfileSchema = z
  .strictObject({
    /** What is guarded; default every model endpoint. */
    guards: z
      .array(callTargetSchema)
      .min(1)
      .prefault([{ kind: 'model' }]),
    /** Whether each attempt passes the breaker, or a logical call with all its attempts does, once. */
    counts: z.enum(['attempts', 'logical calls']).default('attempts'),
    /** Opens after so many countable failures in a row. */
    consecutiveFailures: z.int().min(1).optional(),
    failureRate: z.strictObject(rateRule).optional(),
    /** Opens on calls that take longer than this, whether they succeed or not. */
    slowCalls: z.strictObject({ ...rateRule, slowerThanMs: z.int().min(1) }).optional(),
    /** Milliseconds from the opening during which nothing is sent. */
    cooldownMs: z.int().min(1),
    /** Each opening after a failed probe lasts longer by this factor, up to the cap. */
    cooldownGrowth: z.strictObject({ factor: z.number().min(1), capMs: z.int().min(1) }).optional(),
    /** Probes that may be under way at once while half-open. */
    probesAtOnce: z.int().min(1).default(1),
    /** Probe successes that close the breaker. */
    probesToClose: z.int().min(1).default(1),
    /** Milliseconds after which a probe that has not ended counts as failed. */
    probeTimeoutMs: z.int().min(1).optional(),
    /** What becomes of calls beyond the probes while half-open; absent: either. */
    whileProbing: z.enum(['refuse', 'hold']).optional(),
    /** Whether 429 counts as a failure; absent: either. */
    rateLimitsCount: z.boolean().optional(),
    /** Whether a call with unknown end (timeout, reset, cut stream) counts as a failure; absent: either. */
    indeterminateCounts: z.boolean().optional(),
    /** Whether a 429 with Retry-After holds back every call to that upstream until then, whatever the breaker's state. */
    honoursRetryAfter: z.boolean().optional(),
    /**
     * Whether an opening outlives the process: the next one waits for what is left of the cooldown by the wall clock, and
     * never for longer than a cooldown. Absent or false: it begins closed.
     */
    survivesRestart: z.boolean().optional(),
    /** Whether tasks share the breaker, or each task has its own. */
    sharedBy: z.enum(['agent', 'task']).default('agent'),
  })
  .refine((rule) => rule.consecutiveFailures ?? rule.failureRate ?? rule.slowCalls, {
    error: 'expected one of consecutiveFailures, failureRate, slowCalls: a breaker without a rule never opens',
  })

export type BreakerProfile = z.output<typeof breakerProfileSchema>
export type BreakerWindow = z.output<typeof breakerWindowSchema>
