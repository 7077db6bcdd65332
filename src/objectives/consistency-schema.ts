import { z } from 'zod'

const share = z.number().min(0).max(1)
const interval = z.tuple([share, share])

/** A share over tasks; bounds are rounded outwards to six digits. */
const shareOfTasksSchema = z.strictObject({
  /** Rounded to six digits. */
  value: share,
  /** Two-sided 95 % interval for tasks like these: clustered by task, after Korn and Graubard. */
  interval,
})

/** How far an agent can be relied on that is given the same task again and again. */
export const consistencySchema = z.strictObject({
  /** Tasks with at least one counted repeat. */
  tasks: z.int().min(1),
  /** Counted repeats of the task with the fewest, and of the one with the most. */
  fewestRepeats: z.int().min(1),
  mostRepeats: z.int().min(1),
  /** Task success with the error that repeats of one task make: they agree more than different tasks do. */
  taskSuccess: z.strictObject({
    ...shareOfTasksSchema.shape,
    /** Clustered by task (Miller 2024); null for fewer than two tasks. */
    standardError: z.number().min(0).nullable(),
    /** Variance with clusters by variance without; null where nothing differs. */
    designEffect: z.number().min(0).nullable(),
    /** Independent trials that all of them are worth. */
    worth: z.number().min(0),
  }),
  repeats: z.array(
    z.strictObject({
      k: z.int().min(1),
      /** Tasks with at least k counted repeats, and those left out because they have fewer. */
      tasks: z.int().min(1),
      leftOut: z.int().min(0),
      /** pass^k: mean over tasks of the chance that k repeats are all solved. */
      every: shareOfTasksSchema,
      /** pass@k: mean over tasks of the chance that at least one of k repeats is. */
      any: shareOfTasksSchema,
    }),
  ),
})

export type Consistency = z.output<typeof consistencySchema>
