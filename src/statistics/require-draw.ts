import { usageError } from '../contract/errors.ts'
import { requireCounts } from './require-counts.ts'
import { requireWhole } from './require-whole.ts'

/**
 * Refuses a draw of k trials from fewer, and counts that are not whole.
 *
 * @throws a usage error
 */
export function requireDraw(successes: number, trials: number, k: number): void {
  requireCounts(successes, trials)
  requireWhole('Successes', successes, 0)
  requireWhole('Trials', trials, 1)
  requireWhole('k', k, 1)
  if (k > trials) {
    throw usageError('STATISTICS_DRAW', `k is ${k} and there are ${trials} trials: run at least ${k}, or ask for less.`)
  }
}
