import { z } from 'zod'

/** Earlier results that are kept where nobody says otherwise: a month of nights. */
export const defaultKept = 30

/** The earlier results of a configuration. */
export const previousSchema = z.strictObject({
  /** Where they are, relative to the configuration; none yet is no error. */
  folder: z.string().min(1),
  /** Results that `run --update-previous` leaves there at most; the oldest make room. */
  keep: z.int().min(1).max(1_000).default(defaultKept),
  /** The period of the objectives, in days: the windows of burn-rate alerts scale with it. */
  periodDays: z.int().min(1).max(3_650).default(30),
})
