import { z } from 'zod'

const share = z.number().min(0).max(1)
/** Name of the condition that it speaks of; null for every condition of the measure. */
const under = z.string().min(1).nullable()

/** Levels of the indicators that are drawn from the wire, as plain data. */
export const indicatorObjectiveSchemas = [
  /** Share of tasks that the agent answered. */
  z.strictObject({ measure: z.literal('availability'), atLeast: share, under }),
  /** Share of answered tasks whose grader is content. */
  z.strictObject({ measure: z.literal('correctness'), atLeast: share, under }),
  /** Share of trials in which no policy, approval or secret property is violated. */
  z.strictObject({ measure: z.literal('safety'), atLeast: share, under }),
  /** The same from its other side: share of trials in which one is violated. */
  z.strictObject({ measure: z.literal('error rate'), atMost: share, under }),
  /** Share of answers with checkable claims that make one which nothing in the task supports. */
  z.strictObject({ measure: z.literal('hallucination'), atMost: share, under }),
  /** Mean tokens of all model calls of a task. */
  z.strictObject({ measure: z.literal('tokens per task'), atMost: z.number().min(0), under }),
  /** Mean cost of a task, in the currency of the measure's prices. */
  z.strictObject({ measure: z.literal('cost per task'), atMost: z.number().min(0), under }),
  /** Mean number of agents by which a task is passed on, one behind the other. */
  z.strictObject({ measure: z.literal('delegation depth'), atMost: z.number().min(0), under }),
  /** Share solved at the first turn less share solved at the last, of conversations of at least so many turns. */
  z.strictObject({ measure: z.literal('drift'), atMost: share, turns: z.int().min(2), under }),
  /** Virtual milliseconds within which so many percent of the tasks settle. */
  z.strictObject({
    measure: z.literal('latency percentile'),
    percent: z.number().gt(0).lt(100),
    withinMs: z.int().min(1),
    under,
  }),
] as const

export const indicatorObjectiveSchema = z.discriminatedUnion('measure', indicatorObjectiveSchemas)

export type IndicatorObjective = z.output<typeof indicatorObjectiveSchema>
