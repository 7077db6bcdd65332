import type { z } from 'zod'
import type { Findable } from './findable.ts'

/** What kind of thing a record is: how it is checked, and by what it is found. */
export interface Collection<Stored> {
  readonly schema: z.ZodType<Stored>
  /** Names one record of the collection. */
  readonly idOf: (record: Stored) => string
  /** What its records are listed by, e.g. the run that they belong to. */
  readonly scopeOf: (record: Stored) => string
  /** Its place among those of its scope. */
  readonly orderOf: (record: Stored) => number
  /** By what a record is found without its id; null for one that is not. Absent: none of them is. */
  readonly findableAs?: (record: Stored) => Findable | null
}

/** A record as an implementation keeps it: JSON text, and what it is found by. */
export interface Row {
  readonly id: string
  readonly scope: string
  readonly order: number
  readonly body: string
  readonly find: Findable | null
}

/**
 * One change of a record.
 *
 * `add` holds where there is no such record yet, `replace` where it is exactly as it was read: so of two that decide at
 * once, only one does. `put` and `remove` hold always.
 */
export type Change =
  | { readonly kind: 'add' | 'put'; readonly collection: string; readonly row: Row }
  | { readonly kind: 'replace'; readonly collection: string; readonly row: Row; readonly was: string }
  | { readonly kind: 'remove'; readonly collection: string; readonly id: string }

/** Says of what kind the records of a collection are. */
export function collection<Stored>(
  schema: z.ZodType<Stored>,
  found: Omit<Collection<Stored>, 'schema'>,
): Collection<Stored> {
  return { schema, ...found }
}
