import type { BreakerMoment } from './breaker-parts.ts'

/** Where a breaker is, for those who watch it. */
export interface BreakerSnapshot {
  readonly state: BreakerMoment['state']
  /** How often it has opened since it was made. */
  readonly openings: number
  /** Milliseconds until the next call can be let through; null while none has to wait or nobody knows how long. */
  readonly retryAfterMs: number | null
}

/** Where a breaker is, for one that goes on in its place. */
export interface BreakerStanding {
  readonly state: BreakerMoment['state']
  /** Milliseconds until it lets a probe through; null unless it is open. */
  readonly leftMs: number | null
  /** The cooldown that it is in, or that its next opening has. */
  readonly cooldownMs: number
}

/** One change of state. */
export interface BreakerTransition {
  readonly from: BreakerMoment['state']
  readonly to: BreakerMoment['state']
  /** When, by the clock of the breaker. */
  readonly atMs: number
}

export type OnTransition = (transition: BreakerTransition) => void

/** Tells all listeners; one that throws neither stops the others nor the breaker. */
export function tellAll(listeners: Iterable<OnTransition>, transition: BreakerTransition): void {
  for (const listener of [...listeners]) {
    try {
      listener(transition)
    } catch {
      // What is only told must not change what happens.
    }
  }
}
