import type { FaultChoice, PlanSource } from '../faults/arbitraries/plan.ts'
import { fits } from '../faults/catalogue-member.ts'
import { catalogueMember } from '../faults/catalogue.ts'
import type { Upstream } from '../wire/upstream.ts'

/**
 * The plans of a search without what no upstream of the scenario can be struck by: the errors of one provider at the
 * endpoint of another.
 *
 * Whoever names a provider's faults means those of the provider that is there. Where the upstreams cannot be made, every
 * plan stays, and the first trial says what is wrong with them.
 */
export function possiblePlans(plans: PlanSource, makeUpstreams: () => readonly Upstream[]): PlanSource {
  const upstreams = madeBy(makeUpstreams)
  return (upstreams && plans.only?.((choice) => isPossible(choice, upstreams))) ?? plans
}

/** A target that no upstream has is the author's mistake: it stays, and the run tells that it was never struck. */
function isPossible({ id, target: { kind, name } }: FaultChoice, upstreams: readonly Upstream[]): boolean {
  const member = catalogueMember(id)
  const aimedAt = upstreams.filter((upstream) => upstream.kind === kind && (name === '*' || name === upstream.name))
  return aimedAt.length === 0 || aimedAt.some((upstream) => fits(member, upstream))
}

function madeBy(make: () => readonly Upstream[]): readonly Upstream[] | null {
  try {
    return make()
  } catch {
    return null
  }
}
