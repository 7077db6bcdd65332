import { z } from 'zod'

const count = z.int().min(0)

/** Events of a window as an error budget counts them: each is good, bad or excluded, and none is two of these. */
export const budgetCountsSchema = z.strictObject({
  good: count,
  bad: count,
  /** Events that neither earn budget nor spend it, e.g. cancelled by the caller. */
  excluded: count.default(0),
})

export type BudgetCounts = z.output<typeof budgetCountsSchema>

/** The counts of no event: the neutral element of the sum. */
export const noEvents: BudgetCounts = { good: 0, bad: 0, excluded: 0 }

/** Adds the counts of two windows; associative and commutative, so windows merge in any order. */
export function addBudgetCounts(one: BudgetCounts, other: BudgetCounts): BudgetCounts {
  return { good: one.good + other.good, bad: one.bad + other.bad, excluded: one.excluded + other.excluded }
}
