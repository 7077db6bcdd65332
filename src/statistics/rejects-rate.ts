import { logEValue } from './e-value.ts'
import { requireAlpha } from './require-share.ts'

/**
 * Whether s successes in n trials refute a rate, by a test that may be read after every trial.
 *
 * Refuted when ln((n + 1) · b(n, p, s)) < ln α. Reading it again and again does not raise its level, unlike an interval.
 * Source: H. Robbins, "Statistical Methods Related to the Law of the Iterated Logarithm" (1970), as used by Ding, Gandy
 * and Hahn (2017).
 *
 * @param successes 0 to `trials`
 * @param trials 0 or more
 * @param rate the rate to be refuted, 0 to 1
 * @param alpha the level, above 0 and below 1
 */
export function rejectsRate(successes: number, trials: number, rate: number, alpha: number): boolean {
  requireAlpha(alpha)
  return -logEValue(successes, trials, rate) < Math.log(alpha)
}
