import { z } from 'zod'
import { epochMs } from './run-records.ts'

/** What a breaker must not forget over a restart: that it is open, and until when. */
export const breakerRecordSchema = z.strictObject({
  /** Which breaker of the agent it is: that of an endpoint, or safe mode. */
  name: z.string(),
  state: z.enum(['closed', 'open', 'half-open']),
  /** By the wall clock, since no other outlives the process; null unless it is open. */
  openUntilMs: epochMs.nullable(),
  /** The cooldown that it is in, which grows with each failed probe. */
  cooldownMs: z.number().min(0),
  atMs: epochMs,
})
export type BreakerRecord = z.output<typeof breakerRecordSchema>

/** An answer that may be given again. */
export const keptAnswerSchema = z.strictObject({
  /** Everything that the answer depends on, as one text. */
  key: z.string(),
  answer: z.string(),
  /** When it was made. */
  asOfMs: epochMs,
  /** When it was last given, so that the one least used makes way. */
  usedAtMs: epochMs,
})
export type KeptAnswerRecord = z.output<typeof keptAnswerSchema>
