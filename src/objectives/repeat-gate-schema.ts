import { z } from 'zod'

const share = z.number().min(0).max(1)
const under = z.string().min(1).nullable()

/** A level that every single task shall keep over its repeats, as plain data: a mean hides a task that never works. */
export const repeatGateSchema = z.discriminatedUnion('gate', [
  z.strictObject({
    gate: z.literal('each task'),
    /** Share of its repeats that each task is solved in. */
    atLeast: share,
    /** Judged on so many repeats of each task, by counting alone; null: on all of them, by an interval. */
    of: z.int().min(1).max(100_000).nullable(),
    under,
  }),
  z.strictObject({
    gate: z.literal('pass^k'),
    /** Repeats that shall all succeed. */
    k: z.int().min(1).max(1_000),
    /** The chance of it, for each task. */
    atLeast: share,
    under,
  }),
])

export type RepeatGate = z.output<typeof repeatGateSchema>
