import type { BreakerRules } from './breaker-rules.ts'
import { cooldownOf } from './breaker-rules.ts'
import type { BreakerState, Closed, HalfOpen, Open, OpeningCause } from './breaker-state.ts'
import { noStreak } from './breaker-state.ts'

/** When, and on whose account, a breaker changes its state. */
export interface Moment {
  readonly seq: number
  readonly at: number
  readonly task: number
}

/** The closed breaker opens. */
export function openClosed(state: Closed, rules: BreakerRules, cause: OpeningCause, moment: Moment): Open {
  const failedProbes = rules.deviation === 'growthSurvives' ? state.failedProbes : 0
  const kept = rules.deviation === 'failuresSurvive' ? state : null
  return { ...opened(state, cause, moment), ...cooldown(rules, failedProbes, moment.at), failedProbes, kept }
}

/** The half-open breaker opens again after a failed probe, for longer where the declaration says so. */
export function reopen(state: HalfOpen, rules: BreakerRules, probe: number, moment: Moment): Open {
  const failedProbes = state.failedProbes + 1
  const cause: OpeningCause = { by: 'probe', words: `the failure of the probe, call ${probe},`, calls: [probe] }
  const wasAdmitting = state.probes.length < rules.profile.probesAtOnce
  return {
    ...{ ...opened(state, cause, moment), ...cooldown(rules, failedProbes, moment.at) },
    ...{ failedProbes, kept: state.kept, wasAdmitting },
  }
}

function opened(
  state: BreakerState,
  cause: OpeningCause,
  moment: Moment,
): Omit<Open, 'kept' | 'failedProbes' | 'probeFrom' | 'refuseUntil'> {
  const { assumedLast, waiting, givenUp } = state
  return {
    ...{ kind: 'open', since: moment.seq, assumedLast, waiting, givenUp, cause },
    ...{ openedAt: moment.at, byTask: moment.task, wasAdmitting: true },
  }
}

function cooldown(rules: BreakerRules, failedProbes: number, at: number): Pick<Open, 'probeFrom' | 'refuseUntil'> {
  const { leastMs, mostMs } = cooldownOf(rules, failedProbes)
  return { probeFrom: at + leastMs, refuseUntil: at + mostMs }
}

/** The first call after the cooldown is a probe, and the breaker half-open. */
export function halfOpen(state: Open, call: number, seq: number): HalfOpen {
  const { failedProbes, assumedLast, waiting, givenUp, openedAt, kept } = state
  return {
    ...{ kind: 'half-open', since: seq - 1, failedProbes, assumedLast, waiting, givenUp, openedAt, kept },
    ...{ probes: [call], successes: 0, failures: 0 },
  }
}

/**
 * The breaker closes, and forgets.
 *
 * Whether the probes that closed it are the first samples of its windows is not declared: they may be.
 */
export function close(
  state: HalfOpen,
  rules: BreakerRules,
  probe: { call: number; startedAt: number },
  moment: Moment,
): Closed {
  const { assumedLast, waiting, givenUp, kept } = state
  const sample = { ...probe, at: moment.at, failed: 'no' as const, isSlow: false, isOptional: true }
  const { failureRate, slowCalls, probesToClose } = rules.profile
  const samples = failureRate || slowCalls ? Array.from({ length: probesToClose }, () => sample) : []
  return {
    ...{ kind: 'closed', since: moment.seq, assumedLast, waiting, givenUp, streak: kept?.streak ?? noStreak },
    failedProbes: rules.deviation === 'growthSurvives' ? state.failedProbes : 0,
    samples: [...(kept?.samples ?? []), ...samples],
  }
}
