import { z } from 'zod'

/** The share of tasks that must succeed: above 0, below 1, since no budget at all can only be overdrawn. */
export const targetSchema = z
  .number()
  .gt(0)
  .lt(1)
  .refine((target) => decimalPlaces(target) !== null, 'must have nine decimal places at most')

/** Tasks of a window that are counted against a budget. */
export interface BudgetCounts {
  readonly successes: number
  readonly failures: number
}

/**
 * The share of an error budget that is left: 1 where nothing failed, 0 where it is just spent, negative beyond.
 *
 * Computed in whole numbers up to one division, so that a budget that is just spent is 0 and not nearly so: of 1 000
 * tasks at a target of 0.95, 50 failures leave 0 and 60 leave −0.2.
 */
export function budgetLeft(target: number, { successes, failures }: BudgetCounts): number {
  const scale = 10 ** (decimalPlaces(target) ?? 9)
  const allowed = (successes + failures) * (scale - Math.round(target * scale))
  return allowed === 0 ? 1 : (allowed - failures * scale) / allowed
}

function decimalPlaces(target: number): number | null {
  for (let places = 1; places <= 9; places++) {
    if (Math.round(target * 10 ** places) / 10 ** places === target) return places
  }
  return null
}
