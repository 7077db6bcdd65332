import { usageError } from '../contract/errors.ts'
import { passHatK } from './pass-hat-k.ts'

/** How often one task was solved. */
export interface TaskTally {
  /** Whole, 0 to `trials`. */
  readonly successes: number
  readonly trials: number
}

/**
 * pass^k of a set of tasks: the mean of {@link passHatK} over tasks, each of them counting once.
 *
 * Its error comes from tasks, not from trials: take the standard error of the values of the tasks.
 *
 * @param tasks at least one, each with at least k trials
 * @throws a usage error where a task has fewer: leaving it out in silence would flatter the agent
 */
export function meanPassHatK(tasks: readonly TaskTally[], k: number): number {
  if (tasks.length === 0) throw usageError('STATISTICS_EMPTY', 'pass^k was asked of no task at all: give at least one.')
  return tasks.reduce((sum, { successes, trials }) => sum + passHatK(successes, trials, k), 0) / tasks.length
}
