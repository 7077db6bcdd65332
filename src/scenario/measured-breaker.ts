import type { TraceEvent } from '../contract/event.ts'
import type { Profile } from '../contract/profile.ts'
import { breakerLanes } from './breaker-lanes.ts'

const dayMs = 86_400_000

/**
 * How often the declared breakers of an agent opened, at most, within any 24 hours of a trial's virtual time; null where
 * none is declared. A breaker that opens again after a failed probe has opened twice.
 */
export function mostOpensInADay(events: readonly TraceEvent[], profile: Profile): number | null {
  if (profile.breaker === undefined) return null
  const opened = breakerLanes(events, profile).flatMap(({ spans }) =>
    spans.filter(({ state }) => state === 'open').map(({ from }) => from),
  )
  return Math.max(0, ...opened.map((start) => opened.filter((at) => at >= start && at < start + dayMs).length))
}
