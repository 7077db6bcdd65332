import { z } from 'zod'

const share = z.number().min(0).max(1)

/** An accuracy with the evidence it rests on, so that whoever reads it can compute it again. */
export const evidencedAccuracySchema = z.strictObject({
  value: share,
  /** How it was measured, e.g. `graded trials of the refund scenario`. */
  method: z.string().min(1),
  trials: z.int().min(0),
  successes: z.int().min(0),
  /** Two-sided 95 % Clopper–Pearson bounds of successes in trials. */
  interval: z.tuple([share, share]),
  /** The kind of task or answer it speaks of, e.g. `refunds` or `cache`. */
  stratum: z.string().min(1),
})

/**
 * The accuracy an agent declares for one answer: a share from 0 to 1, the same with its evidence, or `unknown`.
 *
 * `unknown` is a claim too: it says that nothing supports a number.
 */
export const declaredAccuracySchema = z.union([share, z.literal('unknown'), evidencedAccuracySchema])

export type EvidencedAccuracy = z.output<typeof evidencedAccuracySchema>
