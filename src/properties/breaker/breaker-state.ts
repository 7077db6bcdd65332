import type { Sample } from './sample.ts'

/** Why a breaker opened, for a sentence: `5 failures in a row`, and the calls that show it. */
export interface OpeningCause {
  readonly by: 'failures' | 'slow calls' | 'probe'
  readonly words: string
  readonly calls: readonly number[]
}

/** Counts of failures in a row, from the least to the most that the trace permits. */
export interface Streak {
  readonly least: number
  readonly most: number
  readonly calls: readonly number[]
}

interface Common {
  /** Position from which calls belong to this state; those admitted earlier are stragglers. */
  readonly since: number
  /** Probes that failed since the breaker was last closed. */
  readonly failedProbes: number
  /** Calls taken for the last attempt of their logical call, although the agent may still repeat them. */
  readonly assumedLast: readonly number[]
  /** Failed calls whose logical call is taken to go on. */
  readonly waiting: readonly number[]
  /** Calls that the agent has given up on its own clock: what the wire brings of them is nobody's news. */
  readonly givenUp: readonly number[]
}

export interface Closed extends Common {
  readonly kind: 'closed'
  readonly streak: Streak
  readonly samples: readonly Sample[]
}

export interface Open extends Common {
  readonly kind: 'open'
  readonly openedAt: number
  /** From when a probe may be sent. */
  readonly probeFrom: number
  /** Until when a refusal is in order; later than `probeFrom` only where the moment of opening is uncertain. */
  readonly refuseUntil: number
  readonly cause: OpeningCause
  /** The task whose call opened the breaker. */
  readonly byTask: number
  /** Whether a call at the very instant of the opening may have been let through before it. */
  readonly wasAdmitting: boolean
  /** What an incorrect breaker would have kept of the closed state. */
  readonly kept: Closed | null
}

export interface HalfOpen extends Common {
  readonly kind: 'half-open'
  readonly openedAt: number
  readonly probes: readonly number[]
  readonly successes: number
  /** Failed probes of this epoch, where the others are awaited before the breaker opens again. */
  readonly failures: number
  readonly kept: Closed | null
}

/** One state that the breaker may be in, given the trace so far. */
export type BreakerState = Closed | Open | HalfOpen

export const noStreak: Streak = { least: 0, most: 0, calls: [] }

/** The state of a breaker that has seen nothing. */
export const initialState: Closed = {
  ...{ kind: 'closed', since: -1, failedProbes: 0, assumedLast: [], waiting: [], givenUp: [] },
  ...{ streak: noStreak, samples: [] },
}

/** The states without repetition: two that will behave alike are one. */
export function distinctStates(states: readonly BreakerState[]): readonly BreakerState[] {
  if (states.length < 2) return states
  return [...new Map(states.map((state) => [keyOf(state), state])).values()]
}

function keyOf(state: BreakerState): string {
  return JSON.stringify(state, (key, value: unknown) => (key === 'cause' || key === 'calls' ? undefined : value))
}
