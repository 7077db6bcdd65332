import { z } from 'zod'
import { comparedParts } from '../results/comparison/comparison-schema.ts'

/** Differences of rates that count as none where nobody says otherwise, as a share. */
export const defaultMargin = 0.02

/** The baselines of a configuration. */
export const baselineSchema = z.strictObject({
  /** A results.json that only a person replaces: what moves by itself takes a slow decline along. */
  pinned: z.string().min(1).optional(),
  /** A results.json that `run --update-baseline` replaces after a run that passed; none yet is no error. */
  moving: z.string().min(1).optional(),
  /** Differences of rates within it count as none, 0 to 1. */
  margin: z.number().min(0).max(1).default(defaultMargin),
  /** What may differ from the baselines. */
  allow: z.array(z.enum(comparedParts)).default([]),
})
