import type { Fraction } from './fraction.ts'

/**
 * How an error budget stands: `unknown` without events, `exhausted` when nothing is left of it; in between the levels at
 * which an alert is raised. A target of 100 % has no budget: it is `healthy` until the first bad event exhausts it.
 */
export const budgetStatuses = ['unknown', 'healthy', 'at risk', 'critical', 'exhausted'] as const

export type BudgetStatus = (typeof budgetStatuses)[number]

/** Shares of the budget, in percent, below which its status changes. */
const atRiskBelow = 25n
const criticalBelow = 10n

/** The status of a budget of which so large a share is left; at exactly 25 % it is still healthy. */
export function statusOf({ numerator, denominator }: Fraction): BudgetStatus {
  const isBelow = (percent: bigint): boolean => numerator * 100n < denominator * percent
  if (numerator <= 0n) return 'exhausted'
  if (isBelow(criticalBelow)) return 'critical'
  return isBelow(atRiskBelow) ? 'at risk' : 'healthy'
}
