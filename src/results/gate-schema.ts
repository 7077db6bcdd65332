import { z } from 'zod'
import { objectiveSchema } from '../objectives/objective-schema.ts'
import { repeatGateSchema } from '../objectives/repeat-gate-schema.ts'

const repeats = z.strictObject({ task: z.string(), solved: z.int().min(0), of: z.int().min(0) })

/** What became of a gate on every single task under one condition. */
export const repeatGateResultSchema = z.strictObject({
  gate: repeatGateSchema,
  condition: z.string(),
  /** `missed` when one task fails it, `inconclusive` while one is undecided, otherwise `met`. */
  verdict: z.enum(['met', 'missed', 'inconclusive']),
  /** Tasks that keep it. */
  met: z.int().min(0),
  /** Tasks that fail it, and those that nothing is proven of, in the order of the tasks. */
  failing: z.array(repeats),
  undecided: z.array(repeats),
  sentence: z.string(),
  /** Whether it was in quarantine on the day of the run, and held nothing up. */
  isQuarantined: z.boolean().default(false),
})

/** What became of a score: shown and warned about, never gating. */
export const scoreResultSchema = z.strictObject({
  objective: objectiveSchema,
  condition: z.string(),
  /** `good` or `below` when the whole interval is on one side of the threshold, otherwise `unknown`. */
  state: z.enum(['good', 'below', 'unknown']),
  sentence: z.string(),
})

/** How the misses of several gates are judged together. */
export const familywises = ['holm', 'none'] as const

export type Familywise = (typeof familywises)[number]
export type RepeatGateResult = z.output<typeof repeatGateResultSchema>
export type ScoreResult = z.output<typeof scoreResultSchema>
