import type { Property, PropertyVerdict, Relation } from '../contract/property.ts'
import { judgeRelation } from '../properties/judge-relation.ts'
import { type TrialResult, type TrialSpec, runTrial } from './trial.ts'

/** A property that wants a second run. */
interface Metamorphic extends Property {
  readonly relation: Relation
}

/** Every so many trials a search makes the second runs; each costs as much as the trial itself. */
export const relationEvery = 10

/**
 * Runs one trial and, for each metamorphic property, the same trial once more under the plan that it wants.
 *
 * @param only the property to do so for; absent: all of them
 */
export async function runRelatedTrial(spec: TrialSpec, only?: string): Promise<TrialResult> {
  const { profile, secrets, search } = spec.scenario
  const wanted = search.properties.filter(isMetamorphic).filter(({ id }) => only === undefined || id === only)
  if (wanted.length === 0) return runTrial(spec)
  const result = await runTrial({ ...spec, keep: true })
  const verdicts = new Map<string, PropertyVerdict>(result.verdicts)
  for (const property of wanted) {
    if (!verdicts.has(property.id)) continue
    const plan = property.relation.vary(spec.plan)
    if (plan === null) continue
    const { judge: _unjudged, onCall: _unasked, ...again } = spec
    const { events } = await runTrial({ ...again, plan, keep: true })
    const runs = { original: { plan: spec.plan, events: result.events }, varied: { plan, events } }
    verdicts.set(property.id, judgeRelation(property, property.relation, runs, { profile, secrets }))
  }
  return { ...result, verdicts }
}

function isMetamorphic(property: Property): property is Metamorphic {
  return property.relation !== undefined
}
