import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { isNetworkError } from './network-error.ts'
import { RefusedError } from './refused-error.ts'
import { StopError } from './stop-error.ts'
import { StreamCutError } from './stream-cut-error.ts'
import { TimeoutError } from './timeout-error.ts'

/**
 * What a failed model call comes to. Retries, breakers and fallbacks decide by it, and by nothing else.
 *
 * `server` is the service's own trouble, 408 and 409 included; `refused` is a call that the agent itself did not make.
 */
export type ErrorClass =
  | 'timeout'
  | 'connection'
  | 'server'
  | 'rate_limited'
  | 'quota'
  | 'auth'
  | 'invalid_request'
  | 'context_overflow'
  | 'content_policy'
  | 'invalid_reply'
  | 'refused'
  | 'cancelled'
  | 'deadline'
  | 'unknown'

const billingCodes = new Set([
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'billing_hard_limit_reached',
])
const contentCodes = new Set(['content_filter', 'content_policy_violation'])

/** Puts the error of a model call into its class, wherever in SDK, fetch or agent it was raised. */
export function classifyModelError(error: unknown): ErrorClass {
  if (error instanceof StopError) return classOfStop(error)
  if (error instanceof RefusedError) return 'refused'
  if (error instanceof TimeoutError || error instanceof APIConnectionTimeoutError) return 'timeout'
  if (error instanceof APIUserAbortError) return 'cancelled'
  if (error instanceof APIConnectionError || error instanceof StreamCutError || isNetworkError(error)) {
    return 'connection'
  }
  if (isApiError(error)) return classOfAnswer(error)
  return error instanceof SyntaxError ? 'invalid_reply' : 'unknown'
}

/** As a guard of its own, since `instanceof` narrows to a class whose fields are all `any`. */
export function isApiError(error: unknown): error is APIError {
  return error instanceof APIError
}

function classOfStop({ stop }: StopError): ErrorClass {
  if (stop === 'cancelled' || stop === 'deadline') return stop
  return stop === 'invalid_llm_response' ? 'invalid_reply' : 'unknown'
}

/** An error frame in a stream has no status; then the code decides, and the service failed where it says nothing. */
function classOfAnswer(error: APIError): ErrorClass {
  const { status, code } = error
  if (billingCodes.has(code ?? '') || billingCodes.has(error.type ?? '')) return 'quota'
  if (isOverflow(error)) return 'context_overflow'
  if (contentCodes.has(code ?? '')) return 'content_policy'
  if (status === 429 || (status === undefined && code === 'rate_limit_exceeded')) return 'rate_limited'
  if (status === undefined || status >= 500 || status === 408 || status === 409) return 'server'
  return status === 401 || status === 403 ? 'auth' : 'invalid_request'
}

/** By code or, as some providers have no code for it, by its words. */
function isOverflow({ status, code, message }: APIError): boolean {
  if (status === 413) return true
  const isTold = code === 'context_length_exceeded' || /maximum context length/i.test(message)
  return (status === 400 || status === undefined) && isTold
}
