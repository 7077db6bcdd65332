import { z } from 'zod'

const share = z.number().min(0).max(1)
const interval = z.tuple([share, share])

/** What an interval for gates rests on. */
export const bases = ['trials', 'tasks', 'any time'] as const

/** A share that was counted, with what it says about the true one; bounds are rounded outwards to six digits. */
export const measuredRateSchema = z.strictObject({
  /** Those that count. */
  count: z.int().min(0),
  /** Of how many. */
  of: z.int().min(0),
  /** Independent observations behind them: trials, where one trial has several tasks. Intervals rest on these. */
  observations: z.int().min(0),
  /** The share, rounded to six digits; null where nothing was counted, as are the intervals. */
  rate: share.nullable(),
  /** Two-sided 95 % Wilson score interval: for display. */
  wilson: interval.nullable(),
  /** Two-sided 95 % interval for gates, of the kind that `basis` says. */
  exact: interval.nullable(),
  /**
   * What `exact` rests on: `trials`, each an observation of its own (Clopper–Pearson, whose coverage is guaranteed);
   * `tasks`, for tasks like these (clustered by task, Korn–Graubard); `any time`, for a measure that stops when everything
   * is decided (a confidence sequence, which covers at every look at once).
   */
  basis: z.enum(bases).default('trials'),
  /** Independent trials that the clustered ones are worth; only where the basis is `tasks`. */
  worth: z.number().positive().optional(),
})

export type MeasuredRate = z.output<typeof measuredRateSchema>
