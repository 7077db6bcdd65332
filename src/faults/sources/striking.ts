import type { FaultTarget } from '../../contract/fault.ts'
import { type FaultSource, sourceOf } from '../arbitraries/plan.ts'
import type { AnyMember, FaultFamily } from '../catalogue-member.ts'
import { catalogue } from '../catalogue.ts'

/** Every member of a family that can strike the target and needs nothing from the scenario. */
export function familyOf(name: FaultFamily, target: FaultTarget): FaultSource {
  return strikingOf(
    name,
    catalogue.filter((member) => member.family === name),
    target,
  )
}

/** Those of the members that can strike the target. */
export function strikingOf(family: FaultFamily, members: readonly AnyMember[], target: FaultTarget): FaultSource {
  const striking = members.filter(({ targets }) => targets.includes(target.kind))
  return sourceOf(
    family,
    striking.map(({ id }) => ({ id, target })),
  )
}
