import type { BreakerInput, Completion } from './breaker-input.ts'
import type { BreakerScope } from './breaker-scope.ts'
import type { BreakerState } from './breaker-state.ts'

/** The properties whose situation arises with an input, given the states before and after it. */
export function situationsOf(
  input: BreakerInput,
  before: readonly BreakerState[],
  scope: BreakerScope,
): readonly string[] {
  switch (input.type) {
    case 'admission':
      return [...recovery(before, scope)]
    case 'completion':
      return [...ending(input, before), ...changes(before, scope)]
    case 'settlement':
      return changes(before, scope)
    case 'refusal':
      return ['B2', ...recovery(before, scope)]
    case 'elsewhere':
      return ['B25']
  }
}

/** A call leads out of the cooldown, or follows a closing. */
function recovery(before: readonly BreakerState[], scope: BreakerScope): readonly string[] {
  const isProbe =
    before.some(({ kind }) => kind === 'open') && scope.run.states.some(({ kind }) => kind === 'half-open')
  const isAfterClosing = scope.isJustClosed
  scope.isJustClosed = false
  return [...(isProbe ? ['B5', 'B15'] : []), ...(isAfterClosing ? ['B7'] : [])]
}

function ending(input: Completion, before: readonly BreakerState[]): readonly string[] {
  const { verdict, call, at } = input
  const isNeutral = verdict === 'neutral' || verdict === 'cancelled'
  const isProbe = before.some((state) => state.kind === 'half-open' && state.probes.includes(call))
  const isLate = before.some((state) => state.kind !== 'closed') && !isProbe
  const hasClosedAgain = before.some((state) => state.kind === 'closed' && state.since > 0)
  return [
    ...(isNeutral ? ['B10'] : []),
    ...(isProbe && verdict === 'cancelled' ? ['B11'] : []),
    ...(isLate && before.some(({ kind }) => kind === 'half-open') ? ['B12'] : []),
    ...(isLate && before.some((state) => state.kind === 'open' && state.openedAt <= at) ? ['B4'] : []),
    ...(hasClosedAgain && verdict === 'failure' ? ['B9'] : []),
  ]
}

function changes(before: readonly BreakerState[], scope: BreakerScope): readonly string[] {
  const opened = scope.run.states.flatMap((state) => (state.kind === 'open' && !before.includes(state) ? [state] : []))
  const first = opened.find((state) => !before.some((known) => known.kind === 'open' && known.since === state.since))
  const closes =
    before.some(({ kind }) => kind === 'half-open') && scope.run.states.some(({ kind }) => kind === 'closed')
  if (closes) scope.isJustClosed = true
  if (!first) return []
  scope.hasTripped = true
  const { by } = first.cause
  return [by === 'probe' ? 'B8' : by === 'slow calls' ? 'B19' : 'B1']
}
