/** One ended call in the window of a rate. */
export interface Sample {
  readonly at: number
  readonly startedAt: number
  readonly failed: 'yes' | 'no' | 'maybe'
  readonly isSlow: boolean
  /** Whether the breaker may have left it out. */
  readonly isOptional: boolean
  readonly call: number
}
