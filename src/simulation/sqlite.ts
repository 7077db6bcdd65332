import type * as NodeSqlite from 'node:sqlite'
import { usageError } from '../contract/errors.ts'
import { giveVirtualTime } from './sqlite-time.ts'
import type { StoreConnection } from './stores.ts'
import type { World } from './world.ts'

type Sqlite = typeof NodeSqlite

/**
 * Node's SQLite, loaded without the warning that it is experimental: most agents never use it, and whoever does is told
 * nothing new. Undefined in a Node that was built without it.
 */
export function loadSqlite(): Sqlite | undefined {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return process.getBuiltinModule('node:sqlite')
  } catch {
    return undefined
  } finally {
    process.emitWarning = emitWarning
  }
}

/**
 * Opens a store's file beside the agent, with the clock and the dice of its world.
 *
 * @throws {ShakedownError} of kind `usage` in a Node without SQLite
 */
export function openStoreFile(path: string, world: World): StoreConnection {
  const sqlite = loadSqlite()
  if (sqlite === undefined) {
    throw usageError('NO_SQLITE', 'this Node has no node:sqlite, which sqliteStore() needs; run a Node that has it.')
  }
  const database = new sqlite.DatabaseSync(path)
  giveVirtualTime(database, world)
  return {
    execute: (sql) => database.exec(sql),
    query: (sql) => database.prepare(sql).all(),
    close: () => database.close(),
  }
}
