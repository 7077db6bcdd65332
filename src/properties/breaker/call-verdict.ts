import type { RequestAborted, RequestFailed, ResponseEnd } from '../../contract/event.ts'
import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import type { CallVerdict } from './breaker-input.ts'

/** The end of a call. */
export type CallEnd = ResponseEnd | RequestFailed | RequestAborted

/** What else decides how an end counts. */
export interface EndCircumstances {
  /** The workload has cancelled the task of the call. */
  readonly isCancelled: boolean
  /** A deadline of the step or the task may be why the agent gave the call up: that says nothing of the upstream. */
  readonly mayBeDeadline: boolean
}

/** How the end of a call counts for a breaker with this profile; what the profile is silent about is `unknown`. */
export function verdictOnEnd(end: CallEnd, profile: BreakerProfile, circumstances: EndCircumstances): CallVerdict {
  const { isCancelled, mayBeDeadline } = circumstances
  if (end.type === 'request.aborted' && isCancelled) return 'cancelled'
  if (isCancelled) return 'any'
  if (end.class === 'success' || end.class === 'neutral') return end.class
  if (end.type === 'response.end' && end.status === 429) return declared(profile.rateLimitsCount)
  if (end.class === 'failure') return 'failure'
  const isByDeadline = end.type === 'request.aborted' && mayBeDeadline
  return isByDeadline ? 'unknown' : declared(profile.indeterminateCounts)
}

function declared(counts: boolean | undefined): CallVerdict {
  if (counts === undefined) return 'unknown'
  return counts ? 'failure' : 'uncounted'
}
