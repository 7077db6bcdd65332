import type { FaultChoice, PlanSource } from '../faults/arbitraries/plan.ts'
import { fits } from '../faults/catalogue-member.ts'
import { catalogueMember } from '../faults/catalogue.ts'
import type { Upstream } from '../wire/upstream.ts'

/**
 * The plans of a search without what no upstream of the scenario can be struck by: the errors of one provider at the
 * endpoint of another.
 *
 * Whoever names a provider's faults means those of the provider that is there.
 */
export function possiblePlans(plans: PlanSource, upstreams: readonly Upstream[]): PlanSource {
  return plans.only?.((choice) => missedBy(choice, upstreams).length === 0) ?? plans
}

/**
 * The upstreams that a fault is aimed at, where it can strike none of them; none where it can strike one.
 *
 * Of a target that no upstream has, the run tells that it was never struck.
 */
export function missedBy(
  { id, target: { kind, name } }: Pick<FaultChoice, 'id' | 'target'>,
  upstreams: readonly Upstream[],
): readonly Upstream[] {
  const member = catalogueMember(id)
  const aimedAt = upstreams.filter((upstream) => upstream.kind === kind && (name === '*' || name === upstream.name))
  return aimedAt.some((upstream) => fits(member, upstream)) ? [] : aimedAt
}

/** What a scenario's agent may call, before any trial; nothing where it cannot be made, which the first trial tells. */
export function upstreamsBefore(make: () => readonly Upstream[]): readonly Upstream[] {
  try {
    return make()
  } catch {
    return []
  }
}
