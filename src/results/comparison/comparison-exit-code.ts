import type { Comparison } from './comparison-schema.ts'

/** The exit code of `shakedown compare`: a comparison that was refused says nothing, like any other unusable input. */
export const comparisonExitCodes: Readonly<Record<Comparison['status'], 0 | 1 | 2 | 3>> = {
  unchanged: 0,
  improved: 0,
  regressed: 1,
  refused: 2,
  undecided: 3,
}
