import type { TraceEvent } from '../../../src/contract/event.ts'
import type { PropertyFacts, PropertyVerdict } from '../../../src/contract/property.ts'
import { breakerProperties } from '../../../src/properties/breaker/breaker-properties.ts'
import { createTrialJudge } from '../../../src/properties/judge-trial.ts'

/** The verdicts of all breaker properties on a trace. */
export function judgedBreaker(
  events: readonly TraceEvent[],
  facts: PropertyFacts,
): ReadonlyMap<string, PropertyVerdict> {
  const judge = createTrialJudge(breakerProperties, facts)
  for (const event of events) judge.observe(event)
  return judge.finish()
}

/** The sentences of the violated ones, by id. */
export function violations(verdicts: ReadonlyMap<string, PropertyVerdict>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...verdicts].flatMap(([id, verdict]) => (verdict.verdict === 'violated' ? [[id, verdict.witness.sentence]] : [])),
  )
}
