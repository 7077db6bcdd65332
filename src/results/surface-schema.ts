import { z } from 'zod'
import { faultSchema } from '../contract/fault.ts'
import { measureTallySchema } from './measure-tally.ts'

const share = z.number().min(0).max(1)

/** A chance with its two-sided 95 % interval, clustered by task; rounded to six digits, bounds outwards. */
const chanceSchema = z.strictObject({ value: share, interval: z.tuple([share, share]) })

/** One set of trials: so many tasks paraphrased, so intense faults. */
export const surfaceCellSchema = z.strictObject({
  name: z.string(),
  /** Share of tasks that are worded as one of their paraphrases. */
  paraphrased: share,
  intensity: share,
  faults: z.array(faultSchema),
  tally: measureTallySchema,
  /** Tasks with enough counted repeats, and those left out because they have fewer. */
  tasks: z.int().min(0),
  leftOut: z.int().min(0),
  /** The chance that all the repeats of a task are solved (pass^k), judged by its grader; null where no task has enough. */
  reliability: chanceSchema.nullable(),
  /** Of one repeat; null where nothing was counted. */
  taskSuccess: chanceSchema.nullable(),
})

/** How reliability falls as tasks are paraphrased and faults grow intense: R(k, ε, λ). */
export const surfaceSchema = z.strictObject({
  /** Repeats that must all be solved: k. */
  repeats: z.int().min(1),
  /** By share of paraphrased tasks, then by intensity, both ascending. */
  cells: z.array(surfaceCellSchema).min(1),
})

export type SurfaceCellResult = z.output<typeof surfaceCellSchema>
export type SurfaceResult = z.output<typeof surfaceSchema>
