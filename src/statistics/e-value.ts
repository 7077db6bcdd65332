import { binomialLogPmf } from './binomial.ts'
import { requireCounts } from './require-counts.ts'
import { requireRate } from './require-share.ts'

/**
 * ln of the evidence of s successes in n trials against a rate: the larger, the less the rate can be the true one.
 *
 * The e-value of the uniform mixture, B(s + 1, n − s + 1) / (pˢ(1 − p)ⁿ⁻ˢ) = 1 / ((n + 1) b(n, p, s)). Under the true rate
 * it is a martingale that starts at 1, so that it ever exceeds 1/α with a probability of at most α, however often it is
 * read. Source: H. Robbins 1970; Ding, Gandy and Hahn 2017. ∞ for what the rate makes impossible.
 *
 * @param successes 0 to `trials`
 * @param trials 0 or more
 * @param rate the rate to be refuted, 0 to 1
 */
export function logEValue(successes: number, trials: number, rate: number): number {
  requireCounts(successes, trials, 'none')
  requireRate('The rate', rate)
  return -(Math.log1p(trials) + binomialLogPmf(successes, trials, rate))
}

/** The evidence itself, see {@link logEValue}; ∞ also where it is too large for a number. */
export function eValue(successes: number, trials: number, rate: number): number {
  return Math.exp(logEValue(successes, trials, rate))
}
