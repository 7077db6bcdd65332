import { z } from 'zod'
import { objectiveSchema } from '../../objectives/objective-schema.ts'
import { repeatGateSchema } from '../../objectives/repeat-gate-schema.ts'

/** What may stand in quarantine: one task, one gate of the measure, or the whole scenario. */
const coverShape = {
  /** Id of a task: gates are judged without it. */
  task: z.string().min(1).optional(),
  /** A gate of the measure, e.g. `objectives.taskSuccess(0.95)`: it is judged and shown, and holds nothing up. */
  gate: z.union([objectiveSchema, repeatGateSchema], { error: 'expected a gate of the measure' }).optional(),
  /** The scenario as a whole. */
  scenario: z.literal(true).optional(),
} as const

const termsShape = {
  reason: z.string().min(1),
  owner: z.string().min(1),
  /** The last day of the quarantine, `YYYY-MM-DD`. */
  expires: z.iso.date(),
} as const

/** A flaky part of a scenario that is measured and shown and holds nothing up, until its day. */
export const quarantineSchema = z
  .strictObject({ ...coverShape, ...termsShape })
  .refine(({ task, gate, scenario }) => [task, gate, scenario].filter((cover) => cover !== undefined).length === 1, {
    error: 'expected exactly one of `task`, `gate` and `scenario: true`',
  })

/** A quarantine as a run found it. */
export const quarantineResultSchema = z.strictObject({
  ...coverShape,
  ...termsShape,
  /**
   * `in force`: something would have held the run up without it. `unneeded`: nothing would, in all the trials that the
   * scenario asks for. `expired`: its last day was before the day of the run, and it counts for nothing.
   */
  state: z.enum(['in force', 'unneeded', 'expired']),
  /** What is in quarantine, how long, and what came of it. */
  sentence: z.string(),
})

export type Quarantine = z.output<typeof quarantineSchema>
export type QuarantineResult = z.output<typeof quarantineResultSchema>
