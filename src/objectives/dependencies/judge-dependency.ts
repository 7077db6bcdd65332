import { type ErrorBudget, errorBudget } from '../budgets/error-budget.ts'
import type { CallCounts } from './call-counts.ts'
import type { DependencySlo } from './dependency-slo.ts'

/** How an upstream kept what it promised. */
export interface DependencyJudgement {
  readonly budget: ErrorBudget
  /** Whether more of its calls were bad than its availability allows. */
  readonly isBreached: boolean
}

/**
 * Holds the calls of an upstream against what it promised.
 *
 * A failure and a call that was never completely answered are bad; a neutral one was the caller's own doing and is
 * excluded. The counts are all calls that there were, so that no interval is needed to say whether they kept it.
 */
export function judgeDependency({ availability }: DependencySlo, calls: CallCounts): DependencyJudgement {
  const { success, failure, neutral, indeterminate } = calls
  const budget = errorBudget({
    target: availability,
    good: success,
    bad: failure + indeterminate,
    excluded: neutral,
  })
  return { budget, isBreached: budget.eventsLeft < 0 }
}
