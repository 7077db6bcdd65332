import { regularisedBeta } from './regularised-beta.ts'

/**
 * The chance of at least so many successes in so many trials at a rate of 0 to 1.
 *
 * Iₚ(s, n − s + 1), for any number of trials in the same time. Neither count needs to be whole.
 */
export function chanceOfAtLeast(successes: number, trials: number, rate: number): number {
  if (successes <= 0) return 1
  if (successes > trials) return 0
  // In closed form, so that a rate that is ½ gives ¼ to the last digit.
  return successes === trials ? rate ** trials : regularisedBeta(rate, successes, trials - successes + 1)
}

/** The chance of at most so many successes. */
export function chanceOfAtMost(successes: number, trials: number, rate: number): number {
  return chanceOfAtLeast(trials - successes, trials, 1 - rate)
}
