import type { Trigger } from '../../src/contract/fault.ts'
import type { patterns } from '../../src/faults/patterns/patterns.ts'

/** How one fault of the taxonomy is brought about, or why it is not. */
export interface Entry {
  /** Members of the catalogue. */
  readonly members?: readonly string[]
  /** Triggers that make it of any member. */
  readonly triggers?: readonly Trigger['on'][]
  /** Named patterns of `faults.patterns`. */
  readonly patterns?: readonly (keyof typeof patterns)[]
  /** Tests and scenarios that drive an agent through it, by their files. */
  readonly drills?: readonly string[]
  /** Why it is not brought about, or where it comes about otherwise, in one line. */
  readonly argued?: string
}

/** The entries of one part of the taxonomy, by their IDs. */
export interface Section {
  readonly title: string
  readonly entries: Readonly<Record<string, Entry>>
}

/** An entry that is brought about by members alone. */
export function by(...members: readonly string[]): Entry {
  return { members }
}

/** An entry that a test or a scenario is. */
export function drilled(...drills: readonly string[]): Entry {
  return { drills }
}

/** An entry that is argued away. */
export function argued(why: string): Entry {
  return { argued: why }
}
