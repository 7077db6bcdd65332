import { usageError } from '../contract/errors.ts'
import type { BudgetTerms } from '../results/budgets/budget-terms.ts'
import type { Upstream } from '../wire/upstream.ts'

/**
 * Takes what a measure says of its error budgets.
 *
 * @param place e.g. `scenario "support"`
 * @throws {ShakedownError} of kind `usage` for a promise of an upstream that is not there, or two of one
 */
export function readBudgetTerms(
  { dependencies, stakes, attributed, alerts }: BudgetTerms,
  place: string,
  upstreams: readonly Upstream[],
): BudgetTerms {
  for (const [index, { upstream }] of dependencies.entries()) {
    if (!upstreams.some(({ name }) => name === upstream)) {
      const names = upstreams.map(({ name }) => `"${name}"`).join(', ')
      throw usageError(
        'DEPENDENCY',
        `${place}: a dependency SLO is of "${upstream}", which is no upstream of the scenario; name one of ${names}.`,
      )
    }
    if (dependencies.findIndex((each) => each.upstream === upstream) < index) {
      throw usageError('DEPENDENCY', `${place}: "${upstream}" has two dependency SLOs; keep one.`)
    }
  }
  return { dependencies, stakes, attributed, alerts }
}
