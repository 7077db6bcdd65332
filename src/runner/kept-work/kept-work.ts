import { z } from 'zod'
import { attributedFailureSchema } from '../../results/attribution-schema.ts'
import { fingerprintSchema } from '../../results/fingerprint-schema.ts'
import { measureTallySchema, measuredFailureSchema } from '../../results/measure-tally.ts'
import { faultFreeSchema, findingSchema } from '../../results/results-schema.ts'
import { tallySchema } from '../../results/tally.ts'
import { canonicalJson } from '../../scenario/canonical-json.ts'
import type { JobName, Jobs } from '../job.ts'

const index = z.int().min(0)
const lostTrial = z.strictObject({ trial: index, how: z.enum(['blocked', 'died']), detail: z.string() })

/** A process that was lost in the middle of a job. */
const lossSchema = z.strictObject({ trial: index, how: z.enum(['blocked', 'died']), explanation: z.string() })

/** Which trials were run, and what came of them: the answer of a job, or the loss of its process. */
function kept<Name extends JobName>(job: Name, of: z.ZodRawShape, reply: z.ZodType) {
  const request = z.strictObject({ file: z.string(), ...of })
  return [
    z.strictObject({ job: z.literal(job), of: request, reply }),
    z.strictObject({ job: z.literal(job), of: request, loss: lossSchema }),
  ] as const
}

const block = { block: index, trials: z.int().min(1), lost: z.array(lostTrial) }

/**
 * Work that was done and need not be done again: the same request of the same scenario has the same answer on any machine.
 *
 * A strict schema, because it comes back from a file that another process wrote.
 */
export const keptWorkSchema = z.union([
  ...kept('fault-free', {}, z.strictObject({ faultFree: faultFreeSchema, fingerprint: fingerprintSchema })),
  ...kept('block', block, z.strictObject({ tally: tallySchema, lastHash: z.string(), suspectTrial: index.nullable() })),
  ...kept('measure', { ...block, condition: z.string(), quarantined: z.array(z.string()) }, measureTallySchema),
  ...kept(
    'finding',
    { trial: index, property: z.string(), lost: lostTrial.nullable(), shrinks: z.boolean() },
    findingSchema.omit({ trials: true, firstTrial: true, accepted: true }),
  ),
  ...kept('attribute', { condition: z.string(), failure: measuredFailureSchema }, attributedFailureSchema),
])

const keptJobs = ['fault-free', 'block', 'measure', 'finding', 'attribute'] as const satisfies JobName[]

export type KeptJob = (typeof keptJobs)[number]

/** A request without what may differ where the same run continues: the machine's paths, and what all its requests share. */
export type Kept<Name extends KeptJob> = Omit<Jobs[Name]['request'], 'path' | 'seed' | 'blockedAfterMs'>

export type KeptWork = {
  [Name in KeptJob]: { readonly job: Name; readonly of: Kept<Name> } & (
    { readonly reply: Jobs[Name]['reply'] } | { readonly loss: z.output<typeof lossSchema> }
  )
}[KeptJob]

export function isKeptJob(job: JobName): job is KeptJob {
  return (keptJobs as readonly JobName[]).includes(job)
}

/** The same text for the same work. */
export function workKey({ job, of }: Pick<KeptWork, 'job' | 'of'>): string {
  return canonicalJson({ job, of })
}

/**
 * Takes a value for kept work, or null where it is none.
 *
 * The value itself and no copy of it, because the order of its keys goes into the bytes of results.
 */
export function asKeptWork(value: unknown): KeptWork | null {
  return keptWorkSchema.safeParse(value).success ? (value as KeptWork) : null
}
