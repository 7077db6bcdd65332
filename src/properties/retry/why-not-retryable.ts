import type { Attempt } from './attempt-ledger.ts'

const retryableStatuses: ReadonlySet<number> = new Set([408, 409, 429])

/** Codes of a 429 that no waiting mends: the quota or the money is gone (faults.md, section 1). */
const billingCode =
  /^(insufficient_quota|credit_balance_exhausted|enforced_spend_limit_reached|\w+_(spend|usage)_limit_exceeded)$/

/** Why an ended attempt must not be repeated, as the rest of the sentence "it must not, because"; else null. */
export function whyNotRetryable(attempt: Attempt): string | null {
  const { status, errorCode, headers } = attempt
  const hint = headers['x-should-retry']?.trim().toLowerCase()
  if (status === null || hint === 'true') return null
  if (hint === 'false') return 'the answer said "x-should-retry: false"'
  if (status < 400) return null
  if (errorCode !== null && billingCode.test(errorCode)) return 'no waiting restores a quota or a balance'
  if (status >= 500 || retryableStatuses.has(status)) return null
  return `status ${status} refuses the request itself`
}
