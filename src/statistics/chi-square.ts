import { usageError } from '../contract/errors.ts'
import { logGamma } from './log-gamma.ts'

/**
 * The probability that a chi-square variable exceeds a value: the p-value of a goodness-of-fit test.
 *
 * Q(degrees/2, value/2) of the incomplete gamma function, by its series below the mean and by its continued fraction
 * above (NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2), to about 13 digits.
 *
 * @param value the statistic, 0 or more
 * @param degrees degrees of freedom, more than 0
 * @throws a usage error where the statistic is not a number, or there is no degree of freedom
 */
export function chiSquareTail(value: number, degrees: number): number {
  if (Number.isNaN(value) || !(degrees > 0)) {
    throw usageError(
      'STATISTICS_DEGREES',
      `The tail of chi-square at ${value} with ${degrees} degrees of freedom was asked: give a number, and degrees above 0.`,
    )
  }
  if (value <= 0) return 1
  if (value === Infinity) return 0
  const [a, x] = [degrees / 2, value / 2]
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - scale * series(a, x) : scale * continuedFraction(a, x)
}

/** Σ xⁿ / (a (a+1) … (a+n)) */
function series(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * Number.EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))), by Lentz's method. */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let product = d
  for (let n = 1; n < 10_000; n++) {
    const an = n * (a - n)
    b += 2
    d = 1 / (b + an * d)
    c = b + an / c
    const step = c * d
    product *= step
    if (Math.abs(step - 1) < Number.EPSILON) break
  }
  return product
}
