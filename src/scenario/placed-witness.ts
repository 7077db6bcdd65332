import type { TraceEvent } from '../contract/event.ts'
import type { FaultPlan } from '../contract/fault.ts'
import type { Witness } from '../contract/property.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import type { Finding } from '../results/results-schema.ts'
import { timelineOf } from './timeline.ts'

/** What a witness is placed in. */
export interface Recording {
  readonly events: readonly TraceEvent[]
  readonly plan: FaultPlan
  readonly judge: PreparedJudge
}

/**
 * A witness as findings keep it: with the entry of the timeline that proves it, where there is one.
 *
 * The events are judged once more for it, because only findings need it and searches judge millions of trials.
 */
export function placedWitness(witness: Witness, property: string, recording: Recording): Finding['witness'] {
  const { sentence, at, calls, spans = [] } = witness
  return {
    sentence,
    at,
    calls: [...calls],
    entry: entryOf(witness, property, recording),
    spans: spans.map(({ from, to, words }) => ({
      from: Math.floor(from),
      to: to === null ? null : Math.ceil(to),
      words,
    })),
  }
}

/** Null where it was reported at another moment than it became certain, e.g. a deadline that passed in silence. */
function entryOf({ at }: Witness, property: string, { events, plan, judge }: Recording): number | null {
  const again = judge.begin()
  for (const event of events) again.observe(event)
  again.finishApplicable()
  const proof = again.proofOf(property)
  if (proof === null || proof.at !== at) return null
  const entries = timelineOf(events.slice(0, events.indexOf(proof) + 1), plan).length
  return entries === 0 ? null : entries - 1
}
