import type { ErrorClass } from './error-class.ts'
import { apiErrorOf } from './api-error.ts'
import { classifyModelError } from './error-class.ts'

/** How a call counts for the breaker of its endpoint: for it, against it, or not at all. */
export type CallClass = 'success' | 'failure' | 'neutral'

/** Says how a model call that ended with an error counts; `isProbe` where it was a probe of its breaker. */
export type ClassifyCall = (error: unknown, isProbe?: boolean) => CallClass

const failures: ReadonlySet<ErrorClass> = new Set([
  'timeout',
  'connection',
  'server',
  'rate_limited',
  'quota',
  'deadline',
])

/**
 * Counts against the endpoint what it did not answer, not whole, or with 408, 409, 429 or 5xx.
 *
 * A call cut by the task's own deadline counts too: it was sent and not answered. What the caller did wrong or gave
 * up says nothing of the endpoint, nor does a bill that is unpaid (402). A whole answer that makes no sense is still an answer.
 */
export const classifyCall: ClassifyCall = (error) => {
  const errorClass = classifyModelError(error)
  if (errorClass === 'invalid_reply') return 'success'
  const status = apiErrorOf(error)?.status
  if (status === 402) return 'neutral'
  return status === null || failures.has(errorClass) ? 'failure' : 'neutral'
}
