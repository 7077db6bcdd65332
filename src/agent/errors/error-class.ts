import { apiErrorOf, isConnectionError, isSdkTimeout, isUserAbort } from './api-error.ts'
import type { ApiError } from './api-error.ts'
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
export const errorClasses = [
  'timeout',
  'connection',
  'server',
  'rate_limited',
  'quota',
  'auth',
  'invalid_request',
  'context_overflow',
  'content_policy',
  'invalid_reply',
  'refused',
  'cancelled',
  'deadline',
  'unknown',
] as const

export type ErrorClass = (typeof errorClasses)[number]

const quotaCodes = new Set([
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'billing_hard_limit_reached',
  'billing_error',
  'enforced_spend_limit_reached',
])
const contentCodes = new Set(['content_filter', 'content_policy_violation'])
const rateCodes = new Set(['rate_limit_exceeded', 'rate_limit_error'])

/** Puts the error of a model call into its class, wherever in SDK, fetch or agent it was raised. */
export function classifyModelError(error: unknown): ErrorClass {
  if (error instanceof StopError) return classOfStop(error)
  if (error instanceof RefusedError) return 'refused'
  if (error instanceof TimeoutError || isSdkTimeout(error)) return 'timeout'
  if (isUserAbort(error)) return 'cancelled'
  if (isConnectionError(error) || error instanceof StreamCutError || isNetworkError(error)) return 'connection'
  const answer = apiErrorOf(error)
  if (answer) return classOfAnswer(answer)
  return error instanceof SyntaxError ? 'invalid_reply' : 'unknown'
}

function classOfStop({ stop }: StopError): ErrorClass {
  if (stop === 'cancelled' || stop === 'deadline') return stop
  return stop === 'invalid_llm_response' ? 'invalid_reply' : 'unknown'
}

/** An error frame in a stream has no status; then the code decides, and the service failed where it says nothing. */
function classOfAnswer(error: ApiError): ErrorClass {
  const { status, codes } = error
  const isOneOf = (known: ReadonlySet<string>): boolean => codes.some((code) => known.has(code))
  if (isOneOf(quotaCodes) || status === 402) return 'quota'
  if (isOverflow(error)) return 'context_overflow'
  if (isOneOf(contentCodes)) return 'content_policy'
  if (status === 429 || (status === null && isOneOf(rateCodes))) return 'rate_limited'
  if (status === null || status >= 500 || status === 408 || status === 409) return 'server'
  return status === 401 || status === 403 ? 'auth' : 'invalid_request'
}

/** By code or, as some providers have no code for it, by its words. */
function isOverflow({ status, codes, message }: ApiError): boolean {
  if (status === 413) return true
  const isTold = codes.includes('context_length_exceeded') || overflowWords.test(message)
  return (status === 400 || status === null) && isTold
}

/** OpenAI's words, and Anthropic's two. */
const overflowWords = /maximum context length|prompt is too long|exceed context limit/i
