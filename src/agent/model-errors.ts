import { APIConnectionError, APIError } from 'openai'
import { TimeoutError } from './deadline.ts'
import { isNetworkError } from './network-error.ts'

/** Decides whether a failed model call may be attempted again with the same body. */
export type IsRetryable = (error: unknown) => boolean

const billingCodes = new Set([
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'billing_hard_limit_reached',
])

/**
 * Retries what another attempt can mend: connection errors, timeouts, 408, 409, 429 and 5xx.
 *
 * `x-should-retry` overrides the status. Exhausted quota arrives as 429 too, but no wait refills an account, and an
 * overflowing request stays too long: those two are never repeated, whatever the header says.
 */
export const isRetryableModelError: IsRetryable = (error) => {
  if (error instanceof TimeoutError || error instanceof APIConnectionError || isNetworkError(error)) return true
  if (!isApiError(error) || isBilling(error) || isContextOverflow(error)) return false
  const wish = error.headers?.get('x-should-retry')
  if (wish === 'true' || wish === 'false') return wish === 'true'
  const status = error.status ?? 0
  return status === 408 || status === 409 || status === 429 || status >= 500
}

/** Whether the request was refused for its length, by code or, as some providers have no code for it, by its words. */
export function isContextOverflow(error: unknown): boolean {
  if (!isApiError(error)) return false
  if (error.status === 413) return true
  return (
    error.status === 400 && (error.code === 'context_length_exceeded' || /maximum context length/i.test(error.message))
  )
}

/** Whether the model endpoint could not be made to answer, as opposed to answering nonsense. */
export function isModelFailure(error: unknown): boolean {
  return error instanceof TimeoutError || error instanceof APIError || isNetworkError(error)
}

/** As a guard of its own, since `instanceof` narrows to a class whose fields are all `any`. */
function isApiError(error: unknown): error is APIError {
  return error instanceof APIError
}

function isBilling(error: APIError): boolean {
  return billingCodes.has(error.code ?? '') || billingCodes.has(error.type ?? '')
}
