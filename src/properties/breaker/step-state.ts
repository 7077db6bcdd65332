import type { Admission, CallVerdict } from './breaker-input.ts'
import type { BreakerRules } from './breaker-rules.ts'
import type { BreakerState, HalfOpen, Open } from './breaker-state.ts'
import { type ClosedStep, countCall } from './closed-state.ts'
import { endProbe } from './end-probe.ts'
import { halfOpen, openClosed, reopen } from './open-breaker.ts'

/** A call that has ended, with what is known of its beginning. */
export interface EndedCall {
  readonly seq: number
  readonly at: number
  readonly task: number
  readonly call: number
  readonly verdict: CallVerdict
  /** Position at which it was let through. */
  readonly admittedSeq: number
  readonly startedAt: number
  /** Whether it ended when a probe is given up, not before. */
  readonly isOutOfTime: boolean
  /** When the other calls began that have not ended. */
  readonly underWay: readonly number[]
}

/** The states that may follow when a call is let through; none where it had to be refused. */
export function admit(state: BreakerState, rules: BreakerRules, call: Admission): readonly BreakerState[] {
  if (state.kind === 'closed') return [state]
  if (state.kind === 'half-open') {
    const { probes } = state
    return probes.length < rules.profile.probesAtOnce ? [{ ...state, probes: [...probes, call.call] }] : []
  }
  if (call.at >= state.probeFrom) return [halfOpen(state, call.call, call.seq)]
  return mayPrecede(state, call) ? [state] : []
}

/** A call at the very instant of the opening may have passed before it, unless its task cannot but know. */
function mayPrecede(state: Open, call: Admission): boolean {
  return state.wasAdmitting && call.at === state.openedAt && call.taskSeq < state.since && call.task !== state.byTask
}

/** The states that may follow when a call has ended. */
export function endCall(state: BreakerState, rules: BreakerRules, ended: EndedCall): readonly BreakerState[] {
  const counts = rules.deviation === 'stragglersCount' || ended.call < 0
  if (state.kind === 'open') {
    const extends_ = rules.deviation === 'stragglersExtend' && ended.verdict === 'failure'
    return [
      extends_ ? { ...state, refuseUntil: Math.max(state.refuseUntil, ended.at + rules.profile.cooldownMs) } : state,
    ]
  }
  if (state.kind === 'half-open') {
    const isProbe = state.probes.includes(ended.call)
    const closes = rules.deviation === 'stragglersClose' && ended.verdict === 'success'
    return isProbe || counts || closes ? endProbe(state, rules, ended) : [state]
  }
  if (ended.admittedSeq <= state.since && !counts) return [state]
  return closedStates(countCall(state, rules, ended), rules, ended)
}

function closedStates(step: ClosedStep, rules: BreakerRules, ended: EndedCall): readonly BreakerState[] {
  const { next, must, cause } = step
  if (step.isExact) rules.notice?.('exact')
  if (step.hasExpired) rules.notice?.('expired')
  if (cause === null) return [next]
  const opened = openClosed(next, rules, cause, ended)
  return must ? [opened] : [next, opened]
}

/** The states that may follow when a probe has not ended within its time: it counts as failed, or is forgotten. */
export function expireProbe(
  state: HalfOpen,
  rules: BreakerRules,
  probe: { readonly call: number; readonly seq: number; readonly at: number; readonly task: number },
): readonly BreakerState[] {
  rules.notice?.('hung')
  if (rules.deviation === 'hungKeepsPermit') return [state]
  const returned = {
    ...state,
    probes: state.probes.filter((call) => call !== probe.call),
    givenUp: [...state.givenUp, probe.call],
  }
  return [reopen(returned, rules, probe.call, probe), returned]
}

/** Whether a breaker in this state may refuse a call at some time between the two. */
export function mayRefuse(state: BreakerState, { profile }: BreakerRules, earliest: number): boolean {
  if (state.kind === 'closed') return false
  if (state.kind === 'open') return state.refuseUntil >= earliest
  const { probes, successes } = state
  const isFull = probes.length >= profile.probesAtOnce || probes.length + successes >= profile.probesToClose
  return isFull && probes.length > 0 && profile.whileProbing !== 'hold'
}
