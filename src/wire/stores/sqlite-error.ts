import { z } from 'zod'
import type { OutcomeClass } from '../../contract/outcome-class.ts'

/** SQLite's primary result codes, by number. Source: https://www.sqlite.org/rescode.html */
const names: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  2: 'SQLITE_INTERNAL',
  3: 'SQLITE_PERM',
  4: 'SQLITE_ABORT',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  9: 'SQLITE_INTERRUPT',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  12: 'SQLITE_NOTFOUND',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  17: 'SQLITE_SCHEMA',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  21: 'SQLITE_MISUSE',
  22: 'SQLITE_NOLFS',
  23: 'SQLITE_AUTH',
  25: 'SQLITE_RANGE',
  26: 'SQLITE_NOTADB',
}

/** What the statement itself is to blame for: as a 4xx is. */
const callersOwn: ReadonlySet<string> = new Set([
  'SQLITE_ERROR',
  'SQLITE_TOOBIG',
  'SQLITE_CONSTRAINT',
  'SQLITE_MISMATCH',
  'SQLITE_MISUSE',
  'SQLITE_AUTH',
  'SQLITE_RANGE',
])

const errorSchema = z.looseObject({ code: z.string(), errcode: z.int().optional().catch(undefined) })

/** The name of SQLite's primary result code behind what `node:sqlite` threw; Node's own code for a wrong use of it. */
export function sqliteCause(thrown: unknown): string {
  const parsed = errorSchema.safeParse(thrown)
  if (!parsed.success) return 'UNKNOWN'
  const { code, errcode } = parsed.data
  // The upper bits of a result code only say more.
  return errcode === undefined ? code : (names[errcode & 0xff] ?? 'SQLITE_UNKNOWN')
}

/** How a statement that threw counts: it has changed nothing, so that its end is never in doubt. */
export function classifySqlite(cause: string): OutcomeClass {
  return !cause.startsWith('SQLITE_') || callersOwn.has(cause) ? 'neutral' : 'failure'
}
