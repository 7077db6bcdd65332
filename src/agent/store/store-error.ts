import { z } from 'zod'

/**
 * What a store fails with.
 *
 * - `busy`: somebody else holds its lock, also after every wait; the same may go through later.
 * - `full`: there is no room for what was to be written; reading goes on.
 * - `corrupt`: what is there cannot be read, or is not what was written.
 * - `gone`: the file cannot be reached any more, or is another one.
 * - `failed`: anything else, e.g. a store that takes no writes.
 */
export type StoreErrorKind = 'busy' | 'full' | 'corrupt' | 'gone' | 'failed'

/** An operation on the store failed: of what it was to write, nothing is written. */
export class StoreError extends Error {
  static {
    this.prototype.name = 'StoreError'
  }

  readonly kind: StoreErrorKind

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** The primary result codes of SQLite that say more than that it failed. Source: https://www.sqlite.org/rescode.html */
const kinds: Readonly<Record<number, StoreErrorKind>> = {
  5: 'busy',
  6: 'busy',
  10: 'gone',
  11: 'corrupt',
  13: 'full',
  14: 'gone',
  26: 'corrupt',
}

/** SQLITE_READONLY_DBMOVED: the file that was opened is no longer the one under its name. */
const readonlyDbMoved = 1032

const sqliteErrorSchema = z.looseObject({
  code: z.literal('ERR_SQLITE_ERROR'),
  errcode: z.int(),
  message: z.string(),
})

/** What SQLite threw, as an error of the store; anything else stays what it is. */
export function asStoreError(thrown: unknown): unknown {
  const parsed = sqliteErrorSchema.safeParse(thrown)
  if (!parsed.success) return thrown
  const { errcode, message } = parsed.data
  // The upper bits of a result code only say more.
  const kind = errcode === readonlyDbMoved ? 'gone' : (kinds[errcode & 0xff] ?? 'failed')
  return new StoreError(kind, `The store cannot be used: ${message} (SQLite ${errcode}).`, { cause: thrown })
}
