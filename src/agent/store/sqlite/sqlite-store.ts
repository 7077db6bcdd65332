import type { SQLInputValue } from 'node:sqlite'
import { z } from 'zod'
import type { AgentStore, StoreOptions } from '../agent-store.ts'
import { wordCounts } from '../../memory/text-search.ts'
import type { Change, Row } from '../collection.ts'
import type { CollectionName } from '../collections.ts'
import { portsOver } from '../ports.ts'
import { StoreError, asStoreError } from '../store-error.ts'
import { waitMs } from '../../resilience/resilience-options.ts'
import { unlessBusy } from './busy-waits.ts'
import { SqliteFile } from './sqlite-file.ts'
import { columnsOf, statementsOn } from './sqlite-schema.ts'
import type { Column } from './sqlite-schema.ts'
import { countedIn, foundIn } from './sqlite-search.ts'

const optionsSchema = z.strictObject({
  /** Of the file, which is made where there is none; its folder must be there. */
  path: z.string().min(1),
  /** How long to wait before each new try while another connection holds the lock. */
  busyWaitsMs: z.array(waitMs).default([5, 20, 50, 100, 200, 400]),
  /** With `wal` readers and a writer are not in each other's way, but a file that vanishes is noticed late. */
  journal: z.enum(['wal', 'delete']).default('delete'),
})

export type SqliteStoreOptions = z.input<typeof optionsSchema>

/**
 * Opens a store in one SQLite file.
 *
 * A write is one transaction, on disk when it is acknowledged. Nothing is opened before it is needed, so that a file
 * that cannot be reached fails the operation that wants it, and the next one tries anew.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function sqliteAgentStore(options: SqliteStoreOptions): AgentStore {
  const { path, journal, busyWaitsMs } = parseOptions(options)
  const file = new SqliteFile(path, journal)
  let isClosed = false
  let last: Promise<unknown> = Promise.resolve()

  const perform = <Result>(work: () => Result, { signal = never }: StoreOptions = {}): Promise<Result> =>
    unlessBusy(busyWaitsMs, signal, () => {
      if (isClosed) throw new StoreError('failed', 'The store is closed; open a new one.')
      return cleanly(file, work)
    })
  return {
    ...portsOver({
      get: async (name, id, asked) => (await perform(() => file.bodies(statementsOn.get(name), id), asked))[0] ?? null,
      list: (name, scope, asked) => perform(() => listed(file, name, scope), asked),
      count: (name, count, asked) => perform(() => countedIn(file, name, count), asked),
      search: (name, search, asked) => perform(() => foundIn(file, name, search), asked),
    }),
    write(changes, asked) {
      const transact = (): boolean => file.transact(() => changes.every((change) => hasApplied(change, file)))
      const writing = last.then(() => perform(transact, asked))
      last = writing.catch(() => {})
      return writing
    },
    async close() {
      await last
      isClosed = true
      file.close()
    },
  }
}

/** Of an operation that nobody can interrupt. */
const never = new AbortController().signal

function listed(file: SqliteFile, name: CollectionName, scope: string | null): string[] {
  return scope === null ? file.bodies(statementsOn.listAll(name)) : file.bodies(statementsOn.listScope(name), scope)
}

/** After a failure nobody knows what is left of the connection, and the next operation gets a new one; a lock spoils nothing. */
function cleanly<Result>(file: SqliteFile, work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    const error = asStoreError(thrown)
    if (!(error instanceof StoreError) || error.kind !== 'busy' || file.isInTransaction) file.close()
    throw error
  }
}

function hasApplied(change: Change, file: SqliteFile): boolean {
  const { kind, collection } = change
  const sql = statementsOn[kind](collection)
  switch (kind) {
    case 'remove':
      file.run(sql, change.id)
      return true
    case 'replace':
      return file.run(sql, ...columnValues(change), change.row.id, change.was) === 1
    default:
      return file.run(sql, change.row.id, ...columnValues(change)) === 1
  }
}

/** The values of the columns of a row besides its id, as {@link columnsOf} names them. */
function columnValues({ collection, row }: { readonly collection: string; readonly row: Row }): SQLInputValue[] {
  const { scope, order, body, find } = row
  const words = find && JSON.stringify(Object.fromEntries(wordCounts(find.text)))
  const values: Readonly<Record<Column, SQLInputValue>> = {
    ...{ scope, place: order, body, words },
    ...{ owner: find?.owner ?? null, at: find?.atMs ?? null, shown_in: find?.shownIn ?? null },
  }
  return columnsOf(collection).map((column) => values[column])
}

function parseOptions(options: unknown): z.output<typeof optionsSchema> {
  const parsed = optionsSchema.safeParse(options)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.map(String).join('.') || 'options'
  throw new TypeError(`The store cannot be opened: option "${place}" is wrong (${issue?.message}); correct it.`, {
    cause: parsed.error,
  })
}
