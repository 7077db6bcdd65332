import { usageError } from '../contract/errors.ts'

/**
 * Refuses what is not a whole number of at least so many.
 *
 * @param name what is counted, as the sentence of the error shall begin
 * @throws a usage error
 */
export function requireWhole(name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw usageError('STATISTICS_WHOLE', `${name} is ${value}: give a whole number of at least ${least}.`)
  }
}
