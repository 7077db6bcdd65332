import { makeTripRule } from './trip-rule.ts'
import type { MakeTripRule } from './trip-rule.ts'

/** Where a breaker is, as far as a permit needs to know. */
export interface BreakerMoment {
  readonly state: 'closed' | 'open' | 'half-open'
  /** Counts the changes of state. */
  readonly epoch: number
}

/** The decisions of a circuit breaker, each replaceable alone. */
export interface BreakerParts {
  /** When a closed breaker opens. */
  readonly tripRule: MakeTripRule
  /** Whether an open breaker still refuses. */
  readonly isCoolingDown: (nowMs: number, untilMs: number) => boolean
  /** Whether a half-open breaker lets another probe through. */
  readonly isProbeAdmitted: (underWay: number, probesAtOnce: number) => boolean
  /** Whether a call says nothing of the present, because the state in which it was let through is over. */
  readonly isStraggler: (admitted: BreakerMoment, now: BreakerMoment) => boolean
  /** Whether a call that was let through then and ended so gives its permit back; no error after a success. */
  readonly returnsPermit: (error: unknown, admitted: BreakerMoment) => boolean
}

/** The decisions as they should be. */
export const breakerParts: BreakerParts = {
  tripRule: makeTripRule,
  isCoolingDown: (nowMs, untilMs) => nowMs < untilMs,
  isProbeAdmitted: (underWay, probesAtOnce) => underWay < probesAtOnce,
  isStraggler: (admitted, now) => admitted.epoch !== now.epoch,
  returnsPermit: () => true,
}
