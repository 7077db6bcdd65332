import type { OutcomeClass } from '../contract/outcome-class.ts'

/** How an HTTP status counts: 5xx, 408, 409 and 429 are failures of the service, other 4xx the caller's own doing. */
export function classifyStatus(status: number): OutcomeClass {
  if (status < 400) return 'success'
  return status >= 500 || status === 408 || status === 409 || status === 429 ? 'failure' : 'neutral'
}

/** How a failure below HTTP counts: refused or unresolved means nothing was sent, anything else may have been done. */
export function classifyFailure(cause: string): OutcomeClass {
  const isBeforeSending = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(cause)
  return isBeforeSending ? 'failure' : 'indeterminate'
}
