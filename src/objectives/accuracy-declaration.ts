import { z } from 'zod'
import { measuredBySchema, valueEvidenceSchema } from './declaration-evidence.ts'
import { declarationVersionSchema } from './declaration-version.ts'
import { metrics } from './metric.ts'

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

/** What every declaration states. */
const statement = {
  /** Whose accuracy it is. */
  agent: z.string().min(1),
  /** Version of the declaration, e.g. `1.2.0`. */
  version: declarationVersionSchema,
  /** The version that it takes the place of; null for the first. */
  supersedes: declarationVersionSchema.nullable(),
  /** How the values were measured. */
  method: z.string().min(1),
  /** First and last day on which it holds, `YYYY-MM-DD`. */
  validFrom: z.iso.date(),
  validUntil: z.iso.date(),
  /** Trials below which a run says nothing about it but the interval. */
  minimumTrials: z.int().min(1),
}

/** A declaration without evidence: it can be checked against a run, and not be published. */
const claimSchema = z
  .strictObject({
    format: z.literal('shakedown-accuracy-declaration/1'),
    ...statement,
    values: z.array(declaredValueSchema).min(1),
  })
  .refine(endsAfterItBegins, { error: 'expected a last day that is not before the first', path: ['validUntil'] })

/** A declaration that says what each value rests on; a draft until it is published. */
export const evidencedDeclarationSchema = z
  .strictObject({
    format: z.literal('shakedown-accuracy-declaration/2'),
    ...statement,
    measured: measuredBySchema,
    values: z
      .array(
        declaredValueSchema.extend({
          /** Name of the condition that the evidence was counted under. */
          faultClass: z.string({ error: 'expected the condition that the evidence is of' }).min(1),
          evidence: valueEvidenceSchema,
        }),
      )
      .min(1),
    /** Values that are lower than those of the version before, or gone, with the reason that was given for it. */
    acceptedRegression: z.strictObject({ reason: z.string().min(1), values: z.array(z.string()).min(1) }).optional(),
    /** SHA-256 of everything else, set when it is published. */
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'expected the digest that `shakedown publish` writes')
      .optional(),
  })
  .refine(endsAfterItBegins, { error: 'expected a last day that is not before the first', path: ['validUntil'] })

/** A versioned, dated statement of the accuracy that an agent guarantees, as it stands in a JSON file of its own. */
export const accuracyDeclarationSchema = z.discriminatedUnion('format', [claimSchema, evidencedDeclarationSchema], {
  error: 'expected an accuracy declaration, with the format "shakedown-accuracy-declaration/2" or "…/1"',
})

function endsAfterItBegins({ validFrom, validUntil }: { validFrom: string; validUntil: string }): boolean {
  return validFrom <= validUntil
}

export type DeclaredValue = z.output<typeof declaredValueSchema>
/** A declaration that rests on nothing but its word. */
export type DeclaredClaim = z.output<typeof claimSchema>
export type EvidencedDeclaration = z.output<typeof evidencedDeclarationSchema>
export type EvidencedValue = EvidencedDeclaration['values'][number]
export type AccuracyDeclaration = z.output<typeof accuracyDeclarationSchema>
