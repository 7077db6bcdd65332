/** z(0.99), the standard normal's 99th percentile. */
const z99 = 2.3263478740408408

/**
 * A log-normal duration by inversion: ln X is normal with median ln p50 and the spread that puts p99 where it is said.
 *
 * @param uniform a number in [0, 1)
 * @returns whole milliseconds, at most ten times p99 so that a trial stays finite
 */
export function logNormalMs(p50Ms: number, p99Ms: number, uniform: number): number {
  const sigma = Math.log(p99Ms / p50Ms) / z99
  const drawn = p50Ms * Math.exp(sigma * normalQuantile(Math.min(Math.max(uniform, 1e-12), 1 - 1e-12)))
  return Math.round(Math.min(drawn, p99Ms * 10))
}

/**
 * The standard normal quantile by Acklam's rational approximation, relative error below 1.15e-9.
 *
 * Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function".
 */
function normalQuantile(probability: number): number {
  if (probability < 0.02425) return tail(Math.sqrt(-2 * Math.log(probability)))
  if (probability > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - probability)))
  const q = probability - 0.5
  const r = q * q
  return (
    (q *
      polynomial(
        r,
        [
          -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
          2.506628277459239,
        ],
      )) /
    polynomial(r, [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1])
  )
}

function tail(q: number): number {
  return (
    polynomial(
      q,
      [
        -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
        2.938163982698783,
      ],
    ) / polynomial(q, [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1])
  )
}

/** Coefficients from the highest power down. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}
