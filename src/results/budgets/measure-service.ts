import type { MeasureResult } from '../measure-schema.ts'
import { type BudgetTerms, usualBudgetTerms } from './budget-terms.ts'
import { alertResults } from '../alerts/alert-results.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import { isGateAmong } from '../quarantine/quarantine-terms.ts'
import { dependencyResults } from './dependency-results.ts'
import { objectiveBudgets } from './objective-budgets.ts'

/** What the operators of an agent want to know of a measure, derived from its counts and verdicts. */
export function measureService(
  { objectives, conditions }: Pick<MeasureResult, 'objectives' | 'conditions'>,
  terms: BudgetTerms = usualBudgetTerms,
): Pick<MeasureResult, 'budgets' | 'dependencies' | 'alerts'> {
  const held = objectives.filter(({ isQuarantined }) => isQuarantined).map(({ objective }) => objective)
  const isGating = ({ objective }: { readonly objective: Objective }): boolean => !isGateAmong(objective, held)
  const budgets = objectiveBudgets(objectives, conditions, terms)
  return {
    budgets,
    dependencies: dependencyResults(terms.dependencies, conditions),
    alerts: alertResults(terms.alerts, conditions, budgets.filter(isGating)),
  }
}
