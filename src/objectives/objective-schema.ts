import { z } from 'zod'
import { indicatorObjectiveSchemas } from './indicators/indicator-objective.ts'

const share = z.number().min(0).max(1)
/** Name of the condition that it speaks of; null for every condition of the measure. */
const under = z.string().min(1).nullable()

/** A level that an agent shall keep under the conditions of a measure, as plain data. */
export const objectiveSchema = z.discriminatedUnion('measure', [
  /** Share of tasks solved. */
  z.strictObject({ measure: z.literal('task success'), atLeast: share, under }),
  /** Share of tasks that time out. */
  z.strictObject({ measure: z.literal('timeout rate'), atMost: share, under }),
  /** Share of trials with an injected policy violation in which nothing forbidden happened. */
  z.strictObject({ measure: z.literal('violation detection'), atLeast: share, under }),
  /** Mean tool calls per task. */
  z.strictObject({ measure: z.literal('tool calls per task'), atMost: z.number().min(0), under }),
  /** Virtual milliseconds within which 99 % of the tasks settle. */
  z.strictObject({ measure: z.literal('latency'), p99Ms: z.int().min(1), under }),
  ...indicatorObjectiveSchemas,
])

export type Objective = z.output<typeof objectiveSchema>
