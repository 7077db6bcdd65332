import { z } from 'zod'
import { callTargetSchema } from './call-target.ts'

/** What an agent declares of how many calls it has under way at once to each upstream that it guards. */
export const bulkheadProfileSchema = z.strictObject({
  /** Each upstream named here has a pool of its own. */
  guards: z.array(callTargetSchema).min(1),
  maxConcurrent: z.int().min(1),
  /** Calls that may wait for a slot; one more is refused at once. Absent: not claimed. */
  maxQueued: z.int().min(0).optional(),
  /** While a call of one user waits, calls of any other user that may be sent before it. Absent: first come, first served. */
  maxOvertaking: z.int().min(0).optional(),
})

/** What an agent declares of how often it starts calls to each upstream that it guards. */
export const rateLimitProfileSchema = z.strictObject({
  guards: z.array(callTargetSchema).min(1),
  /** Calls that may start within any window of this many milliseconds. */
  calls: z.int().min(1),
  windowMs: z.int().min(1),
})

export type RateLimitProfile = z.output<typeof rateLimitProfileSchema>
