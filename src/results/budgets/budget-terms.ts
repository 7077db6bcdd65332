import { z } from 'zod'
import { alertRulesSchema } from '../../objectives/alerts/alert-rules.ts'
import { allStakes } from '../../objectives/budgets/budget-action.ts'
import { dependencySloSchema } from '../../objectives/dependencies/dependency-slo.ts'
import { mostFailuresKept } from '../measure-tally.ts'

/** What a measure says of its error budgets, as fields of its own. */
export const budgetTermsShape = {
  /** What upstreams have promised, each once. */
  dependencies: z.array(dependencySloSchema).default([]),
  /** What hangs on the agent; decides what is recommended once a budget is spent. */
  stakes: z.enum(allStakes).default('medium'),
  /** Failures of each condition that are run again to find their cause, those of the lowest trials. */
  attributed: z.union([z.int().min(0).max(1_000_000), z.literal('all')]).default(mostFailuresKept),
  /** The alerts that are watched, and whether they gate. */
  alerts: alertRulesSchema.prefault({}),
} as const

const budgetTermsSchema = z.strictObject(budgetTermsShape)

export type BudgetTerms = z.output<typeof budgetTermsSchema>

/** What holds where a measure says nothing of its budgets. */
export const usualBudgetTerms: BudgetTerms = budgetTermsSchema.parse({})

/** Failures of a condition to keep for their causes to be found; the usual number where no measure says otherwise. */
export function mostFailuresOf(terms: BudgetTerms | undefined): number {
  if (terms === undefined) return mostFailuresKept
  return terms.attributed === 'all' ? Infinity : terms.attributed
}
