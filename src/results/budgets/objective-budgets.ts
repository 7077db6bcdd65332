import type { Stakes } from '../../objectives/budgets/budget-action.ts'
import { errorBudget } from '../../objectives/budgets/error-budget.ts'
import { complementOf, fractionOf, numberOf } from '../../objectives/budgets/fraction.ts'
import { allTasks } from '../../objectives/condition-counts.ts'
import { indicatorCountsFor, shareOf } from '../../objectives/indicators/judge-indicator.ts'
import { judgeObjective } from '../../objectives/judge-objective.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import type { MeasuredCondition, ObjectiveResult } from '../measure-schema.ts'
import { gatedCountsOf } from '../summarise-condition.ts'
import type { BudgetResult } from './budget-schema.ts'
import { budgetSentence } from './budget-words.ts'
import { causedByDependencies } from './caused-by-dependency.ts'
import type { BudgetTerms } from './budget-terms.ts'

/** The error budget of every objective that is a share, under each condition that it speaks of. */
export function objectiveBudgets(
  objectives: readonly ObjectiveResult[],
  conditions: readonly MeasuredCondition[],
  { dependencies, stakes }: BudgetTerms,
): BudgetResult[] {
  return objectives.flatMap(({ objective, condition: name }) => {
    const condition = conditions.find((each) => each.name === name)
    const counted = condition && countedFor(objective, condition)
    if (condition === undefined || counted === null || counted === undefined) return []
    const caused = objective.measure === 'task success' ? causedByDependencies(condition, dependencies) : {}
    return [budgetOf(objective, name, without(counted, caused), stakes)]
  })
}

/** Events of an objective, and why others are none. */
interface Counted {
  readonly target: number
  readonly good: number
  readonly bad: number
  readonly excluded: Readonly<Record<string, number>>
}

/** The very counts that the objective is judged by; null for a mean, which has no budget. */
function countedFor(objective: Objective, condition: MeasuredCondition): Counted | null {
  const { rate } = judgeObjective(objective, gatedCountsOf(condition, condition.tally))
  if (rate === null) return null
  const [counts, others] = [rate.count, rate.of - rate.count]
  const excluded = excludedFrom(objective, condition)
  if ('p99Ms' in objective) return { target: 0.99, good: counts, bad: others, excluded }
  if ('percent' in objective) return { target: shareOf(objective.percent), good: counts, bad: others, excluded }
  if ('atLeast' in objective) return { target: objective.atLeast, good: counts, bad: others, excluded }
  const target = numberOf(complementOf(fractionOf(objective.atMost)))
  return { target, good: others, bad: counts, excluded }
}

function excludedFrom(objective: Objective, condition: MeasuredCondition): Counted['excluded'] {
  const { tally } = condition
  const own = indicatorCountsFor(objective, gatedCountsOf(condition, tally))
  if (own !== null) return own.excluded
  if (objective.measure !== 'violation detection') return allTasks(gatedCountsOf(condition, tally)).excluded
  const { unjudged } = (tally.gated ?? tally).attacks.trials
  return unjudged === 0 ? {} : { 'violation never put to the test': unjudged }
}

/** What others caused was counted as bad, and is not any more. */
function without(counted: Counted, caused: Readonly<Record<string, number>>): Counted {
  return { ...counted, bad: counted.bad - sumOf(caused), excluded: { ...counted.excluded, ...caused } }
}

function budgetOf(
  objective: Objective,
  condition: string,
  { excluded, ...counted }: Counted,
  stakes: Stakes,
): BudgetResult {
  const { recommendation, ...budget } = errorBudget({ ...counted, excluded: sumOf(excluded), stakes })
  return { objective, condition, ...budget, excluded, sentence: budgetSentence(budget, excluded, recommendation) }
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
