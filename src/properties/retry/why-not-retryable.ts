import type { Attempt } from './attempt-ledger.ts'

const retryableStatuses: ReadonlySet<number> = new Set([408, 409, 429])

/** Codes of a 429 that no waiting mends: the quota or the money is gone (faults.md, section 1). */
const billingCode =
  /^(insufficient_quota|credit_balance_exhausted|enforced_spend_limit_reached|\w+_(spend|usage)_limit_exceeded)$/

/** Codes of an error in a stream, under status 200, that refuse the request itself (faults.md, section 5). */
const refusesRequest: ReadonlySet<string> = new Set(['context_length_exceeded', 'invalid_prompt'])

/** Why an ended attempt must not be repeated, as the rest of the sentence "it must not, because"; else null. */
export function whyNotRetryable(attempt: Attempt): string | null {
  const { kind, status, errorCode, isDaySpent, headers } = attempt
  const hint = headers['x-should-retry']?.trim().toLowerCase()
  if (status === null || hint === 'true') return null
  if (hint === 'false') return 'the answer said "x-should-retry: false"'
  if (status < 400 && kind !== 'model') return null
  if (errorCode !== null && billingCode.test(errorCode)) return 'no waiting restores a quota or a balance'
  if (isDaySpent) return 'no waiting restores the tokens of the day before it is over'
  if (status < 400) {
    return errorCode !== null && refusesRequest.has(errorCode) ? `"${errorCode}" refuses the request itself` : null
  }
  if (status >= 500 || retryableStatuses.has(status)) return null
  return `status ${status} refuses the request itself`
}
