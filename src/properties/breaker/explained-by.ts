import type { BreakerInput } from './breaker-input.ts'
import { BreakerRun } from './breaker-run.ts'
import type { BreakerScope } from './breaker-scope.ts'
import type { Deviation } from './deviation.ts'

/** Finds the first of these deviations under which a breaker would have done all that the inputs of a trial show. */
export function explainedBy(
  deviations: readonly Deviation[],
  scope: BreakerScope,
  inputs: readonly BreakerInput[],
): Deviation | null {
  return deviations.find((deviation) => explains(deviation, scope, inputs)) ?? null
}

function explains(deviation: Deviation, scope: BreakerScope, inputs: readonly BreakerInput[]): boolean {
  const { notice: _unheard, initial, ...alone } = scope.run.rules
  // Nobody has handed the breaker of a single task on.
  const rules = initial && deviation !== 'otherSharing' ? { ...alone, initial } : alone
  return breakersUnder(deviation, scope, inputs).every((seen) => {
    const run = new BreakerRun({ ...rules, deviation })
    return seen.every((input) => run.feed(input) && !run.isLost)
  })
}

/** What each breaker would have seen: of other tasks or upstreams too, where it takes them for its own. */
function breakersUnder(
  deviation: Deviation,
  scope: BreakerScope,
  inputs: readonly BreakerInput[],
): readonly (readonly BreakerInput[])[] {
  const ofUpstream = inputs.filter((input) => input.type !== 'elsewhere' && input.upstream === scope.upstream)
  switch (deviation) {
    case 'mergedUpstreams':
      return [
        inputs.filter((input) => input.type !== 'elsewhere' && (scope.task === null || scope.task === input.task)),
      ]
    case 'otherSharing':
      return scope.task === null ? [...Map.groupBy(ofUpstream, ({ task }) => task).values()] : [ofUpstream]
    case 'bulkheadCounts':
      return [inputs.filter((input) => scope.concerns(input)).toSorted((one, other) => one.at - other.at)]
    default:
      return [inputs.filter((input) => scope.concerns(input))]
  }
}
