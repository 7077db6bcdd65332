import type { OutcomeClass } from '../contract/outcome-class.ts'

/** How an HTTP status counts: 5xx, 408, 409 and 429 are failures of the service, other 4xx the caller's own doing. */
export function classifyStatus(status: number): OutcomeClass {
  if (status < 400) return 'success'
  return status >= 500 || status === 408 || status === 409 || status === 429 ? 'failure' : 'neutral'
}

const beforeSending = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
  'CERT_HAS_EXPIRED',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]

/**
 * How a failure below HTTP counts: what happens before a request is sent, or sends it elsewhere, did nothing; anything
 * else may have been done.
 */
export function classifyFailure(cause: string): OutcomeClass {
  return cause === 'REDIRECT_LOOP' || beforeSending.includes(cause) ? 'failure' : 'indeterminate'
}
