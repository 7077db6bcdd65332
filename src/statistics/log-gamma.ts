import { stirlingError } from './stirling-error.ts'

const halfLogTwoPi = 0.918_938_533_204_672_8

/** ln Γ(x) for x > 0, to about 15 digits. */
export function logGamma(x: number): number {
  // ln Γ(x) = ln Γ(x+1) − ln x, and Stirling's formula with its error is exact for ln Γ(x+1).
  return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + stirlingError(x)
}
