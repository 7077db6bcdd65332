import { binomialLogPmf } from './binomial.ts'

/**
 * Whether s successes in n trials refute a rate, by a test that may be read after every trial.
 *
 * Refuted when ln((n + 1) · b(n, p, s)) < ln α. Reading it again and again does not raise its level, unlike an interval.
 * Source: H. Robbins, "Statistical Methods Related to the Law of the Iterated Logarithm" (1970), as used by Ding, Gandy
 * and Hahn (2017).
 *
 * @param successes 0 to `trials`
 * @param rate the rate to be refuted, 0 to 1
 * @param alpha the level, 0 to 1
 */
export function rejectsRate(successes: number, trials: number, rate: number, alpha: number): boolean {
  return Math.log(trials + 1) + binomialLogPmf(successes, trials, rate) < Math.log(alpha)
}
