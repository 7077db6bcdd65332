/** Below this the series is too short; the recurrence ln Γ(x+1) = ln Γ(x) + ln x takes over. */
const seriesFrom = 16

const halfLogTwoPi = 0.918_938_533_204_672_8

/**
 * What Stirling's formula leaves out of ln Γ(x+1): `ln Γ(x+1) − (x + ½) ln x + x − ½ ln 2π`, for x > 0.
 *
 * Kept apart because the large terms cancel in binomial probabilities, and this small one does not. Series with
 * Bernoulli numbers; C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
 */
export function stirlingError(x: number): number {
  if (x >= seriesFrom) return series(x)
  let shifted = x
  let correction = 0
  while (shifted < seriesFrom) {
    shifted++
    correction += Math.log(shifted)
  }
  const logGamma = (shifted + 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + series(shifted) - correction
  return logGamma - (x + 0.5) * Math.log(x) + x - halfLogTwoPi
}

function series(x: number): number {
  const square = x * x
  return (1 / 12 - (1 / 360 - (1 / 1_260 - (1 / 1_680 - 1 / 1_188 / square) / square) / square) / square) / x
}
