import { mkdirSync, renameSync, rmdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StoreConnection } from '../../simulation/stores.ts'
import type { StoreFile } from '../../wire/stores/store-file.ts'
import type { Undo } from './on-file.ts'

/** The folder of the file is gone, as with a volume that is no longer mounted. */
export function folderGone({ path }: StoreFile): Undo {
  const folder = dirname(path)
  const elsewhere = `${folder}.gone`
  renameSync(folder, elsewhere)
  return () => renameSync(elsewhere, folder)
}

/** Something that is no file stands in its place. */
export function folderInItsPlace({ path }: StoreFile): Undo {
  const elsewhere = `${path}.gone`
  renameSync(path, elsewhere)
  mkdirSync(path)
  return () => {
    rmdirSync(path)
    renameSync(elsewhere, path)
  }
}

/**
 * Another connection holds the lock for longer than the agent's is ready to wait: waiting inside SQLite would take real
 * time, in which nothing could come free.
 */
export function lockedByAnother({ connection, openAnother }: StoreFile): Undo {
  const another = openAnother()
  try {
    another.execute('BEGIN EXCLUSIVE')
  } catch (error) {
    another.close()
    throw error
  }
  const unwait = connection === null ? () => {} : withPragma(connection, 'busy_timeout', 'timeout', 0)
  return () => {
    another.execute('ROLLBACK')
    another.close()
    unwait()
  }
}

/** Not one page more can be had for the file. */
export function noRoom({ connection }: StoreFile): Undo | null {
  if (connection === null) return null
  const pages = Number(connection.query('PRAGMA page_count')[0]?.['page_count'])
  return withPragma(connection, 'max_page_count', 'max_page_count', pages)
}

/** The agent's connection may only read. */
export function readOnly({ connection }: StoreFile): Undo | null {
  return connection === null ? null : withPragma(connection, 'query_only', 'query_only', 1)
}

/** Statements on the rows of tables; others, such as `BEGIN`, would not bear the savepoint. */
const onRows = /^\s*(select|insert|update|delete|replace|with)\b/i

/**
 * The tables have other names for the time of the call, as in a database whose migration has not run, or has run too
 * early: in a savepoint, so that all of it is undone.
 */
export function tablesRenamed({ connection }: StoreFile, sql: string): Undo | null {
  if (connection === null || !onRows.test(sql) || hasAttached(connection)) return null
  const tables = connection.query(
    `SELECT schema, name FROM pragma_table_list WHERE schema IN ('main', 'temp') AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  )
  if (tables.length === 0) return null
  connection.execute('SAVEPOINT shakedown_fault')
  const undo = (): void => connection.execute('ROLLBACK TO shakedown_fault; RELEASE shakedown_fault')
  try {
    for (const { schema, name } of tables) {
      connection.execute(`ALTER TABLE ${quoted(schema)}.${quoted(name)} RENAME TO ${quoted(`${String(name)}_old`)}`)
    }
  } catch (error) {
    undo()
    throw error
  }
  return undo
}

function hasAttached(connection: StoreConnection): boolean {
  return connection.query('PRAGMA database_list').some(({ name }) => name !== 'main' && name !== 'temp')
}

function quoted(name: unknown): string {
  return `"${String(name).replaceAll('"', '""')}"`
}

/** Sets a pragma on the agent's connection, and sets it back. */
function withPragma(connection: StoreConnection, pragma: string, column: string, value: number): Undo {
  const before = Number(connection.query(`PRAGMA ${pragma}`)[0]?.[column])
  connection.execute(`PRAGMA ${pragma} = ${value}`)
  return () => connection.execute(`PRAGMA ${pragma} = ${before}`)
}
