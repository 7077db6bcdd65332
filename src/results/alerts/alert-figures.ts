import type { AlertMetric } from '../../objectives/alerts/alert-rules.ts'
import { exactBudget } from '../../objectives/budgets/error-budget.ts'
import { type Fraction, isAtLeast } from '../../objectives/budgets/fraction.ts'
import { allTasks, countedTasks } from '../../objectives/condition-counts.ts'
import { largestOf } from '../../objectives/distribution.ts'
import type { BudgetResult } from '../budgets/budget-schema.ts'
import type { MeasuredCondition } from '../measure-schema.ts'
import { gatedCountsOf } from '../summarise-condition.ts'

/** A figure that an alert watches: exact, not known, or a budget that there is none of and that is overspent all the same. */
export type AlertFigure = Fraction | 'unknown' | 'spent without a budget'

/** The figures of a condition, from its counts alone. */
export function alertFigures(
  condition: MeasuredCondition,
  budgets: readonly BudgetResult[],
): Readonly<Record<AlertMetric, AlertFigure>> {
  const { tally, name } = condition
  const tasks = allTasks(gatedCountsOf(condition, tally))
  const calls = Object.entries(tasks.toolCalls).reduce((sum, [each, count]) => sum + Number(each) * count, 0)
  const { caught, missed, unjudged } = (tally.gated ?? tally).attacks.trials
  return {
    taskSuccess: share(tasks.solved, countedTasks(tasks)),
    toolCalls: share(calls, countedTasks(tasks)),
    budgetRemaining: lowestOf(budgets.filter((budget) => budget.condition === name)),
    breakerOpens: share(largestOf(tally.breakerOpens) ?? 0, Object.keys(tally.breakerOpens).length === 0 ? 0 : 1),
    policyViolations: share(missed, caught + missed + unjudged),
  }
}

function share(count: number, of: number): AlertFigure {
  return of === 0 ? 'unknown' : { numerator: BigInt(count), denominator: BigInt(of) }
}

function lowestOf(budgets: readonly BudgetResult[]): AlertFigure {
  const known = budgets.filter(({ status }) => status !== 'unknown')
  const shares = known.map(({ target, good, bad }) => exactBudget(target, { good, bad }).share)
  if (known.some(({ status }, index) => shares[index] === null && status === 'exhausted'))
    return 'spent without a budget'
  return shares
    .filter((each) => each !== null)
    .reduce<AlertFigure>(
      (least, each) => (least === 'unknown' || !isAtLeast(each, least as Fraction) ? each : least),
      'unknown',
    )
}
