import { usageError } from '../contract/errors.ts'

/**
 * Refuses what is not a rate: a number from 0 to 1, both included.
 *
 * @param name what the number is, as the sentence of the error shall begin
 * @throws a usage error
 */
export function requireRate(name: string, rate: number): void {
  if (!(rate >= 0 && rate <= 1)) {
    throw usageError('STATISTICS_RATE', `${name} is ${rate}: give a number from 0 to 1, such as 0.95.`)
  }
}

/**
 * Refuses what is not a level of error: a number above 0 and below 1.
 *
 * At 0 every interval is all there is, and at 1 it is empty: neither is what a caller means.
 *
 * @throws a usage error
 */
export function requireAlpha(alpha: number, name = 'Alpha'): void {
  if (!(alpha > 0 && alpha < 1)) {
    throw usageError(
      'STATISTICS_ALPHA',
      `${name} is ${alpha}: give a number above 0 and below 1, such as 0.05 for 95 %.`,
    )
  }
}
