import type { ErrorClass } from './error-class.ts'
import { apiErrorOf } from './api-error.ts'
import { classifyModelError } from './error-class.ts'

/** Decides whether a failed model call may be attempted again with the same body. */
export type IsRetryable = (error: unknown) => boolean

const transient: ReadonlySet<ErrorClass> = new Set(['timeout', 'connection', 'server', 'rate_limited'])

/** No header makes these worth another attempt: no wait refills an account or shortens a request. */
const hopeless: ReadonlySet<ErrorClass> = new Set(['quota', 'context_overflow'])

/**
 * Retries what another attempt can mend: connection errors, timeouts, 408, 409, 429 and 5xx.
 *
 * `x-should-retry` overrides the status. Exhausted quota arrives as 429 too, but no wait refills an account, and an
 * overflowing request stays too long: those two are never repeated, whatever the header says.
 */
export const isRetryableModelError: IsRetryable = (error) => {
  const errorClass = classifyModelError(error)
  const wish = hopeless.has(errorClass) ? null : apiErrorOf(error)?.headers?.get('x-should-retry')
  return wish === 'true' || (wish !== 'false' && transient.has(errorClass))
}

/** Whether the request was refused for its length. */
export function isContextOverflow(error: unknown): boolean {
  return classifyModelError(error) === 'context_overflow'
}
