import { z } from 'zod'
import { type Objective, objectiveSchema } from '../objectives/objective-schema.ts'
import { type RepeatGate, repeatGateSchema } from '../objectives/repeat-gate-schema.ts'

/** What may stand among the gates of a measure. */
export const gateSchema = z.union([objectiveSchema, repeatGateSchema], {
  error: 'expected a gate such as objectives.taskSuccess(0.95) or gates.eachTask({ atLeast: 0.8 })',
})

/** Gates on all tasks and gates on single ones; objectives of the measure are gates. */
export function splitGates(measure: {
  readonly objectives: readonly Objective[]
  readonly gates: readonly (Objective | RepeatGate)[]
}): { readonly objectives: readonly Objective[]; readonly repeatGates: readonly RepeatGate[] } {
  return {
    objectives: [...measure.objectives, ...measure.gates.flatMap((gate) => ('measure' in gate ? [gate] : []))],
    repeatGates: measure.gates.flatMap((gate) => ('gate' in gate ? [gate] : [])),
  }
}
