import { z } from 'zod'

const count = z.int().min(0)

/** How a run was ended at a failure. */
const bailSchema = z.strictObject({
  /** Scenarios that had failed by then. */
  failed: z.int().min(1),
  /** The last of them, by name. */
  scenario: z.string(),
  /** Its file: names may be there twice. */
  file: z.string(),
  /** Its search, where that was ended at its first failure: the trials that were made, and those that were asked for. */
  search: z.strictObject({ trials: count, of: count }).nullable(),
  /** Whether it has a measure that was not begun. */
  hasMeasure: z.boolean(),
  /** Names of the baselines that the run was not compared with. */
  baselines: z.array(z.string()),
})

/** What a run was asked to leave out, so that nobody takes its verdict for one on everything. */
export const notRunSchema = z.strictObject({
  /** Scenario files, relative to the configuration, in their order, and why each was left out. */
  scenarios: z.array(z.strictObject({ file: z.string(), why: z.enum(['bail', 'passed before', 'unchanged']) })),
  /** Null where the run was not ended at a failure. */
  bail: bailSchema.nullable(),
})

export type NotRun = z.output<typeof notRunSchema>
export type Bail = z.output<typeof bailSchema>
