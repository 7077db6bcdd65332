import { z } from 'zod'

/** The longest wait that a timer of the platform can hold. */
export const longestTimerMs = 2 ** 31 - 1

/** A wait in whole milliseconds. */
export const waitMs = z.int().min(1).max(longestTimerMs)

/** The last so many calls, or those of the last so many milliseconds. */
export const rateWindowSchema = z.union([z.strictObject({ calls: z.int().min(1) }), z.strictObject({ ms: waitMs })])

const rate = {
  /** Share of the calls in the window above which the breaker opens, 0 to 1. */
  threshold: z.number().min(0).lt(1),
  /** The last so many countable calls, or those of the last so many milliseconds. */
  window: rateWindowSchema,
  /** Countable calls in the window below which the rule does not speak. */
  minimumCalls: z.int().min(1),
}

/** When calls to a model endpoint are no longer made, and how they begin again. Each endpoint has a breaker of its own. */
export const breakerSchema = z
  .strictObject({
    /** Opens after so many countable failures in a row. */
    consecutiveFailures: z.int().min(1).optional(),
    failureRate: z.strictObject(rate).optional(),
    /** Opens on calls that take longer than `slowerThanMs`, whether they succeed or not. */
    slowCalls: z.strictObject({ ...rate, slowerThanMs: waitMs }).optional(),
    cooldownMs: waitMs.default(30_000),
    /** Each opening after a failed probe lasts longer by this factor, up to the cap. */
    cooldownGrowth: z.strictObject({ factor: z.number().min(1), capMs: waitMs }).optional(),
    probesAtOnce: z.int().min(1).default(1),
    /** Probe successes that close the breaker. */
    probesToClose: z.int().min(1).default(1),
    /** A probe is given up after this time, where the ordinary limit of an attempt is longer. */
    probeTimeoutMs: waitMs.optional(),
  })
  .refine((rule) => rule.consecutiveFailures ?? rule.failureRate ?? rule.slowCalls, {
    error: 'must have one of consecutiveFailures, failureRate, slowCalls',
  })

/** How many calls a model endpoint gets at once. Each endpoint has a bulkhead of its own. */
export const bulkheadSchema = z.strictObject({
  maxConcurrent: z.int().min(1),
  /** Calls that may wait for a slot; one more is refused at once. */
  maxQueued: z.int().min(0).default(0),
})

/** After how many failed tasks in a row the agent stops trying, and what it says then. */
export const safeModeSchema = z.strictObject({
  failedTasks: z.int().min(1),
  message: z.string().min(1),
  /** After this time one task is tried again; if it succeeds, safe mode is over. */
  probeAfterMs: waitMs.default(60_000),
})

/** A store of retries, shared by everything that the agent calls. */
export const retryBudgetSchema = z.strictObject({
  capacity: z.number().positive(),
  /** What a successful call puts back, never beyond the capacity. */
  perSuccess: z.number().min(0),
})

export type BreakerSettings = z.output<typeof breakerSchema>
export type BulkheadSettings = z.output<typeof bulkheadSchema>
export type SafeModeSettings = z.output<typeof safeModeSchema>
export type RetryBudgetSettings = z.output<typeof retryBudgetSchema>
export type RateRule = NonNullable<BreakerSettings['failureRate']>
