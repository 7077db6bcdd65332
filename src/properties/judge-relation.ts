import type { Property, PropertyFacts, PropertyVerdict, Relation, Run } from '../contract/property.ts'
import { secretRedactor } from './redact-secrets.ts'
import { Seat } from './seat.ts'

/** Judges how two runs of one trial relate; secrets are taken out of the witness as everywhere. */
export function judgeRelation(
  property: Property,
  relation: Relation,
  runs: { readonly original: Run; readonly varied: Run },
  facts: PropertyFacts,
): PropertyVerdict {
  const seat = new Seat(property, null, secretRedactor(facts.secrets), { event: null })
  relation.compare(runs.original, runs.varied, seat, facts)
  return seat.verdict()
}
