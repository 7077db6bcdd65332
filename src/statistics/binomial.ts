import { stirlingError } from './stirling-error.ts'

/**
 * ln of the probability of `successes` in `trials` at a rate of 0 to 1; −∞ for what cannot happen.
 *
 * Loader's saddle-point form ("Fast and accurate computation of binomial probabilities", 2000), which keeps its digits
 * at a million trials. Neither count needs to be whole.
 */
export function binomialLogPmf(successes: number, trials: number, rate: number): number {
  const failures = trials - successes
  if (successes < 0 || failures < 0) return Number.NEGATIVE_INFINITY
  if (successes === 0) return failures === 0 ? 0 : failures * Math.log1p(-rate)
  if (failures === 0) return successes * Math.log(rate)
  if (rate <= 0 || rate >= 1) return Number.NEGATIVE_INFINITY
  const errors = stirlingError(trials) - stirlingError(successes) - stirlingError(failures)
  const deviances = deviance(successes, trials * rate) + deviance(failures, trials * (1 - rate))
  return errors - deviances + 0.5 * Math.log(trials / (2 * Math.PI * successes * failures))
}

/** x ln(x/m) + m − x, also where x and m are close and the terms cancel. */
function deviance(x: number, m: number): number {
  const relative = (x - m) / (x + m)
  if (Math.abs(relative) >= 0.1) return x * Math.log(x / m) + m - x
  let sum = (x - m) * relative
  let term = 2 * x * relative
  for (let j = 1; j < 1_000; j++) {
    term *= relative * relative
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}
