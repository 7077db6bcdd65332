/** Kinds of claims that can be held against what was said and done in a task. */
export type ClaimKind = 'URL' | 'e-mail address' | 'date' | 'time' | 'identifier' | 'number' | 'effect'

/** Something in an answer that is right or wrong by itself. */
export interface CheckableClaim {
  readonly kind: ClaimKind
  /** The words of the answer. */
  readonly text: string
  /** What it can mean, in one spelling each: it is supported where one of these is. */
  readonly readings: readonly string[]
}
