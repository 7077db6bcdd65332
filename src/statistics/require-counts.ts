import { usageError } from '../contract/errors.ts'

/**
 * Refuses counts that cannot be, so that no formula turns them into a number that looks like one.
 *
 * Counts need not be whole: where observations come in clusters, an interval rests on fewer than were counted.
 *
 * @param least the fewest trials that the caller can use
 * @throws a usage error where one is not a finite number, or successes are not within 0 and trials
 */
export function requireCounts(successes: number, trials: number, least: 'none' | 'some' = 'some'): void {
  const isEnough = Number.isFinite(trials) && (least === 'none' ? trials >= 0 : trials > 0)
  if (!isEnough) {
    const wanted = least === 'none' ? '0 or more' : 'more than 0'
    throw usageError('STATISTICS_COUNTS', `Trials are ${trials}: give a finite number that is ${wanted}.`)
  }
  if (!(successes >= 0 && successes <= trials)) {
    throw usageError(
      'STATISTICS_COUNTS',
      `Successes are ${successes} of ${trials} trials: give a number from 0 to the number of trials.`,
    )
  }
}
