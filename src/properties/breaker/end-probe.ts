import type { CallVerdict } from './breaker-input.ts'
import type { BreakerRules } from './breaker-rules.ts'
import type { BreakerState, HalfOpen } from './breaker-state.ts'
import { type Moment, close, reopen } from './open-breaker.ts'

/** A call that has ended, as a half-open breaker sees it. */
export interface EndedProbe extends Moment {
  readonly call: number
  readonly startedAt: number
  readonly isOutOfTime: boolean
  readonly verdict: CallVerdict
}

/**
 * Every state that a half-open breaker may be in after a probe has ended.
 *
 * A success closes it once there are enough; a failure opens it again, at once or when the probes beside it have ended
 * too (resilience4j decides over all of them); what counts as neither returns the permit. A probe cancelled, or gone
 * wrong in a way that does not count, may open it again as well: it has shown nothing good.
 */
export function endProbe(state: HalfOpen, rules: BreakerRules, probe: EndedProbe): readonly BreakerState[] {
  const returned: HalfOpen = { ...state, probes: state.probes.filter((call) => call !== probe.call) }
  const failed = (): readonly BreakerState[] => failProbe(returned, rules, probe)
  // A probe that the agent gave up at the very end of its time hung no less than one that it forgot.
  if (probe.isOutOfTime && probe.verdict !== 'success') {
    rules.notice?.('hung')
    if (rules.deviation === 'hungKeepsPermit') return [state]
  }
  switch (probe.verdict) {
    case 'success':
      return succeed(state, returned, rules, probe)
    case 'failure':
      return failed()
    case 'neutral':
      if (rules.deviation === 'neutralCloses') return succeed(state, returned, rules, probe)
      if (rules.deviation === 'neutralFails') return failed()
      return rules.deviation === 'neutralKeepsPermit' ? [state] : [returned]
    case 'cancelled':
      if (rules.deviation === 'cancelledCloses') return succeed(state, returned, rules, probe)
      return rules.deviation === 'cancelledKeepsPermit' ? [state] : [returned, ...failed()]
    case 'uncounted':
    case 'unknown':
      return [returned, ...failed()]
    case 'any':
      return [returned, ...failed(), ...succeed(state, returned, rules, probe)]
  }
}

function succeed(state: HalfOpen, returned: HalfOpen, rules: BreakerRules, probe: EndedProbe): readonly BreakerState[] {
  const next = { ...returned, successes: returned.successes + 1 }
  const { probesToClose } = rules.profile
  if (next.failures > 0)
    return next.successes + next.failures >= probesToClose ? [reopen(next, rules, probe.call, probe)] : [next]
  if (next.successes < probesToClose) return [next]
  return rules.deviation === 'successDoesNotClose' ? [state] : [close(next, rules, probe, probe)]
}

function failProbe(returned: HalfOpen, rules: BreakerRules, probe: EndedProbe): readonly BreakerState[] {
  const { probesToClose } = rules.profile
  const next = { ...returned, failures: returned.failures + 1 }
  const isAwaitingOthers = probesToClose > 1 && next.successes + next.failures < probesToClose
  return [reopen(returned, rules, probe.call, probe), ...(isAwaitingOthers ? [next] : [])]
}
