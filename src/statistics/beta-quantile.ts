import { binomialLogPmf } from './binomial.ts'
import { regularisedBeta } from './regularised-beta.ts'

/** Enough for bisection alone to reach the last digit. */
const mostSteps = 200

/**
 * The x at which Iₓ(a, b) reaches a probability of 0 to 1, for a, b > 0.
 *
 * Newton's method, with bisection wherever a step would leave the bracket.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (probability <= 0) return 0
  if (probability >= 1) return 1
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let step = 0; step < mostSteps; step++) {
    const excess = regularisedBeta(x, a, b) - probability
    if (excess === 0) return x
    if (excess > 0) high = x
    else low = x
    const newton = x - excess / density(x, a, b)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= Number.EPSILON * x) return next
    x = next
  }
  return x
}

/** The density of Beta(a, b). */
function density(x: number, a: number, b: number): number {
  return (Math.exp(binomialLogPmf(a, a + b, x)) * a * b) / ((a + b) * x * (1 - x))
}
