import { usageError } from '../contract/errors.ts'
import { betaQuantile } from './beta-quantile.ts'
import { requireRate } from './require-share.ts'

/**
 * The t below which a variable of Student's distribution falls with a probability of 0 to 1; −∞ and ∞ at its ends.
 *
 * To be used in the place of the normal quantile where a variance is estimated from few. From the beta distribution:
 * ν / (ν + t²) is Beta(ν/2, ½) (Abramowitz and Stegun 26.7.1).
 *
 * @param degrees degrees of freedom, more than 0
 */
export function studentQuantile(probability: number, degrees: number): number {
  requireRate('The probability', probability)
  if (!(degrees > 0 && Number.isFinite(degrees))) {
    throw usageError('STATISTICS_DEGREES', `Degrees of freedom are ${degrees}: give a finite number above 0.`)
  }
  const tail = Math.min(probability, 1 - probability)
  if (tail === 0.5) return 0
  const sign = probability < 0.5 ? -1 : 1
  return sign * Math.sqrt(degrees * oddsOf(2 * tail, degrees))
}

/** t² / ν where both tails together have a probability; from whichever share is small, which keeps its digits. */
function oddsOf(tails: number, degrees: number): number {
  if (tails > 1e-4) {
    const share = betaQuantile(1 - tails, 0.5, degrees / 2)
    if (share <= 0.5) return share / (1 - share)
  }
  const rest = betaQuantile(tails, degrees / 2, 0.5)
  return (1 - rest) / rest
}
