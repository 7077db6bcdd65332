import { z } from 'zod'
import { metrics } from './metric.ts'

const semver = z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.2.0')

/** One number that an agent declares. */
export const declaredValueSchema = z.strictObject({
  metric: z.enum(metrics, { error: `expected a metric that Shakedown measures, one of ${metrics.join(', ')}` }),
  /** The share that is guaranteed at least, 0 to 1. */
  value: z.number().min(0).max(1),
  /** The kind of task it speaks of; absent: all tasks. */
  stratum: z.string().min(1).optional(),
  /**
   * The fault class it speaks of: the name of a condition of the measure, or the family of its faults. Absent: every
   * condition, also the one without faults, for which the declaration has no value of its own.
   */
  faultClass: z.string().min(1).optional(),
})

/** A versioned, dated statement of the accuracy that an agent guarantees, as it stands in a JSON file of its own. */
export const accuracyDeclarationSchema = z
  .strictObject({
    format: z.literal('shakedown-accuracy-declaration/1'),
    /** Whose accuracy it is. */
    agent: z.string().min(1),
    /** Version of the declaration, e.g. `1.2.0`. */
    version: semver,
    /** The version that it takes the place of; null for the first. */
    supersedes: semver.nullable(),
    /** How the values were measured. */
    method: z.string().min(1),
    /** First and last day on which it holds, `YYYY-MM-DD`. */
    validFrom: z.iso.date(),
    validUntil: z.iso.date(),
    /** Trials below which a run says nothing about it but the interval. */
    minimumTrials: z.int().min(1),
    values: z.array(declaredValueSchema).min(1),
  })
  .refine(({ validFrom, validUntil }) => validFrom <= validUntil, {
    error: 'expected a last day that is not before the first',
    path: ['validUntil'],
  })

export type DeclaredValue = z.output<typeof declaredValueSchema>
export type AccuracyDeclaration = z.output<typeof accuracyDeclarationSchema>
