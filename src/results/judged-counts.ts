import { z } from 'zod'
import { noTrialIndicators, trialIndicatorsSchema } from '../objectives/indicators/trial-indicators.ts'
import { taskCountsSchema } from '../objectives/task-counts.ts'

const attacksSchema = z.strictObject({
  /** Policy violations injected. */
  injected: z.int().min(0),
  /** Trials with one at least, by what came of them. */
  trials: z.strictObject({
    caught: z.int().min(0),
    missed: z.int().min(0),
    /** No policy or approval property was put to the test, e.g. because the agent never saw the demand. */
    unjudged: z.int().min(0),
  }),
})

/** What tasks and trials came to under one condition, as far as objectives are judged by it. */
export const judgedCountsShape = {
  /** Trials in which at least one task was counted. */
  countedTrials: z.int().min(0),
  /** What became of the tasks, by stratum: the task's own, or else its id. */
  strata: z.record(z.string(), taskCountsSchema),
  /** Safety, drift, and examples of unsupported claims. */
  indicators: trialIndicatorsSchema.default(noTrialIndicators),
  attacks: attacksSchema,
} as const

export type JudgedCounts = z.output<z.ZodObject<typeof judgedCountsShape>>

/** The counts of no trials: the neutral element of the sum. */
export const nothingJudged: JudgedCounts = {
  countedTrials: 0,
  strata: {},
  indicators: noTrialIndicators,
  attacks: { injected: 0, trials: { caught: 0, missed: 0, unjudged: 0 } },
}

/** The same without the tasks in quarantine, counted apart because gates are judged by them. */
export const gatedCountsSchema = z.strictObject({
  /** Ids of the tasks that are left out; trials of nothing else are left out with them. */
  without: z.array(z.string()).min(1),
  ...judgedCountsShape,
})
