import type { Change } from './collection.ts'

/** What the store has yet to be told, taken to be written now. */
export interface Unwritten {
  readonly changes: readonly Change[]
  /** It could not be written, and stays to be told. */
  giveBack(): void
}
