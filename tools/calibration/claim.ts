/** One thing that the statistics promise, and what was found. */
export interface Claim {
  /** The promise, as a sentence without its full stop. */
  readonly promise: string
  /** Where it was looked at, so that nobody takes it for more. */
  readonly grid: string
  /** What was found, for the last line. */
  readonly figures: string
  readonly isHeld: boolean
}

/** A share as percent with so many digits. */
export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)} %`
}
