import type { FaultTarget } from '../../contract/fault.ts'
import { type FaultSource, sourceOf } from '../arbitraries/plan.ts'
import type { FaultFamily } from '../catalogue-member.ts'

/** The calls that every agent makes. */
export const anyModelOrTool: readonly FaultTarget[] = [
  { kind: 'model', name: '*' },
  { kind: 'tool', name: '*' },
]

/** Members that calls of any of the targets set off. */
export function happeningsOf(
  family: FaultFamily,
  ids: readonly string[],
  targets: readonly FaultTarget[],
): FaultSource {
  return sourceOf(
    family,
    targets.flatMap((target) => ids.map((id) => ({ id, target }))),
  )
}
