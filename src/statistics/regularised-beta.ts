import { binomialLogPmf } from './binomial.ts'

const mostSteps = 100_000
const precision = 1e-16
const tiny = 1e-300

/**
 * The regularised incomplete beta function Iₓ(a, b), for a, b > 0 and x from 0 to 1: the chance that a Beta(a, b)
 * variable is at most x.
 *
 * Continued fraction by Lentz's method on the side where it converges fast (Abramowitz and Stegun 26.5.8).
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - lowerTail(1 - x, b, a)
  return lowerTail(x, a, b)
}

function lowerTail(x: number, a: number, b: number): number {
  // xᵃ(1−x)ᵇ / B(a, b), written as a binomial probability so that large terms cancel before they lose digits.
  const front = (Math.exp(binomialLogPmf(a, a + b, x)) * b) / (a + b)
  return front * continuedFraction(x, a, b)
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < mostSteps; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < precision) break
  }
  return value
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}
