import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import type { BreakerRun } from './breaker-run.ts'
import type { BreakerState, HalfOpen, OpeningCause } from './breaker-state.ts'
import { distinctStates, initialState } from './breaker-state.ts'

/** How an opening stood that the next process has to know of. */
export interface Standing {
  readonly openedAt: number
  /** No probe before this. */
  readonly probeFrom: number
  /** No refusal after this, unless a probe is out. */
  readonly refuseUntil: number
  readonly cause: OpeningCause
}

/** The longest cooldown that is declared. */
export function longestCooldown({ cooldownMs, cooldownGrowth }: BreakerProfile): number {
  return Math.max(cooldownMs, cooldownGrowth?.capMs ?? 0)
}

/** Where a breaker certainly stood open, by a call of a task that has ended, so that the agent has had time to keep it. */
export function standingOf(states: readonly BreakerState[], endedTasks: ReadonlySet<number>): Standing | null {
  const open = states.flatMap((state) => (state.kind === 'open' ? [state] : []))
  const [first] = open
  if (!first || open.length < states.length || !open.every(({ byTask }) => endedTasks.has(byTask))) return null
  return {
    ...{ openedAt: first.openedAt, cause: first.cause },
    probeFrom: Math.min(...open.map(({ probeFrom }) => probeFrom)),
    refuseUntil: Math.max(...open.map(({ refuseUntil }) => refuseUntil)),
  }
}

/**
 * What the breaker of the next process may begin as: where this one stood, with no probe out; half-open, where the store
 * was not told of the latest change; or closed. B22 alone speaks of whether and until when it is open.
 */
export function handedOn(run: BreakerRun, isClockRight: boolean): readonly BreakerState[] {
  const all = run.statesBetween(0, Infinity)
  const past = all.filter((state) => state.kind !== 'closed')
  const failed = [...new Set([0, ...past.map(({ failedProbes }) => failedProbes)])]
  const openings = all.flatMap((state) => (state.kind === 'open' ? [state] : []))
  const isProbing = run.states.some(({ kind }) => kind === 'half-open')
  const open = openings.filter((state) => run.states.includes(state) || (isProbing && state === openings.at(-1)))
  const stillOpen = open.map((state): BreakerState => {
    const probeFrom = isClockRight && !isProbing ? state.probeFrom : 0
    return { ...state, ...fresh, probeFrom, refuseUntil: Infinity, wasAdmitting: false, kept: null }
  })
  const probing = failed.map((failedProbes): HalfOpen => {
    const counts = { probes: [], successes: 0, failures: 0 }
    return { kind: 'half-open', ...fresh, ...counts, failedProbes, openedAt: past.at(-1)?.openedAt ?? 0, kept: null }
  })
  return past.length === 0 ? [initialState] : distinctStates([initialState, ...stillOpen, ...probing])
}

/** Of a state that no call of this process has anything to do with yet. */
const fresh = { since: -1, assumedLast: [], waiting: [], givenUp: [] } as const
