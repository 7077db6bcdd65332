import { regularisedBeta } from './regularised-beta.ts'

/**
 * The chance of a t so far from zero, or farther, in either direction: the p-value of Student's two-sided test.
 *
 * ν / (ν + t²) is Beta(ν/2, ½) (Abramowitz and Stegun 26.7.1); the inverse of `studentQuantile`.
 *
 * @param degrees degrees of freedom, more than 0
 */
export function studentTails(t: number, degrees: number): number {
  if (!Number.isFinite(t)) return 0
  return regularisedBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}
