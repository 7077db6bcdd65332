import { fileURLToPath } from 'node:url'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { usageError } from '../../contract/errors.ts'
import { ProcessIsGone } from '../process-is-gone.ts'
import { loadSqlite } from '../sqlite.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'
import { type Execution, type PrepareArguments, type RealSqlite, StoreClient } from './store-client.ts'

type Sqlite = NonNullable<ReturnType<typeof loadSqlite>>

/** Which `DatabaseSync` and which `StatementSync` belong to a store of some world. */
interface Clients {
  readonly of: WeakMap<object, StoreClient>
  readonly ofStatement: WeakMap<object, { readonly client: StoreClient; readonly sql: string }>
}

/**
 * Routes the stores that a scenario declares through its world: their files are the trial's own, and each statement is
 * a call. Connections to any other file, and those made outside a world, are left alone.
 */
export function patchSqlite(patches: PatchSet): void {
  const sqlite = loadSqlite()
  if (sqlite === undefined) return
  const clients: Clients = { of: new WeakMap(), ofStatement: new WeakMap() }
  const real = realMethods(sqlite)
  patchConnections(patches, sqlite, clients, real)
  patchDatabases(patches, sqlite.DatabaseSync.prototype, clients, real)
  for (const method of ['run', 'get', 'all', 'iterate'] as const) {
    patchExecution(patches, sqlite.StatementSync.prototype, method, clients)
  }
}

function realMethods({ DatabaseSync, StatementSync }: Sqlite): RealSqlite {
  const { open, close, exec, prepare, location } = DatabaseSync.prototype
  const { run, get, all, iterate } = StatementSync.prototype
  return { database: { open, close, exec, prepare, location }, statement: { run, get, all, iterate } }
}

function patchConnections(patches: PatchSet, sqlite: Sqlite, { of }: Clients, real: RealSqlite): void {
  const Real = sqlite.DatabaseSync
  const worldly = new Proxy(Real, {
    construct(_target, args: unknown[], made: NewableFunction) {
      const world = currentContext()?.world
      const store = world?.stores?.at(pathOf(args[0]))
      if (world === undefined || store === undefined) return Reflect.construct(Real, args, made) as object
      if (world.isClosed) throw new ProcessIsGone()
      const options: object = typeof args[1] === 'object' && args[1] !== null ? args[1] : {}
      const database = Reflect.construct(Real, [store.file, { ...options, open: false }], made) as DatabaseSync
      of.set(database, new StoreClient(database, store, world, real))
      if (!('open' in options) || options.open !== false) database.open()
      return database
    },
  })
  patches.replace(sqlite, 'DatabaseSync', worldly)
}

function patchDatabases(patches: PatchSet, prototype: DatabaseSync, clients: Clients, real: RealSqlite): void {
  function open(this: DatabaseSync): void {
    const client = liveClient(clients, this)
    if (client === undefined) real.database.open.call(this)
    else client.open()
  }
  function close(this: DatabaseSync): void {
    liveClient(clients, this)
    real.database.close.call(this)
  }
  function exec(this: DatabaseSync, sql: string): void {
    refuseStranger(clients, this, real)
    const client = liveClient(clients, this)
    if (client === undefined) real.database.exec.call(this, sql)
    else client.exec(sql)
  }
  function prepare(this: DatabaseSync, ...asked: PrepareArguments): StatementSync {
    refuseStranger(clients, this, real)
    const client = liveClient(clients, this)
    if (client === undefined) return real.database.prepare.call(this, ...asked)
    const statement = client.prepare(asked)
    clients.ofStatement.set(statement, { client, sql: asked[0] })
    return statement
  }
  function location(this: DatabaseSync, name?: string): string | null {
    const at = real.database.location.call(this, ...(name === undefined ? [] : [name]))
    const paths = clients.of.get(this)?.paths
    return paths !== undefined && at === paths.file ? paths.declaredPath : at
  }
  for (const [name, replacement] of Object.entries({ open, close, exec, prepare, location })) {
    patches.replace(prototype, name, resemble(replacement, Reflect.get(prototype, name) as object))
  }
}

function patchExecution(
  patches: PatchSet,
  prototype: StatementSync,
  method: Execution,
  { ofStatement }: Clients,
): void {
  const real: (...parameters: never[]) => unknown = prototype[method]
  function execute(this: StatementSync, ...parameters: unknown[]): unknown {
    const prepared = ofStatement.get(this)
    prepared?.client.requireLife()
    if (prepared === undefined || prepared.client.isOver) return Reflect.apply(real, this, parameters)
    return prepared.client.execute(method, { statement: this, sql: prepared.sql }, parameters)
  }
  patches.replace(prototype, method, resemble(execute, real))
}

/** The client of a world that still runs; what outlives its trial is nobody's call, and what outlives its process is stopped. */
function liveClient({ of }: Clients, database: DatabaseSync): StoreClient | undefined {
  const client = of.get(database)
  client?.requireLife()
  return client?.isOver === true ? undefined : client
}

/**
 * A class that was taken from `node:sqlite` before it was replaced opens the file itself, the one that production uses:
 * unlike other modules, this one shows a replacement to those alone who import it later.
 */
function refuseStranger({ of }: Clients, database: DatabaseSync, real: RealSqlite): void {
  const world = currentContext()?.world
  if (world?.stores === undefined || of.has(database) || !database.isOpen) return
  const path = real.database.location.call(database)
  if (path === null || world.stores.at(path) === undefined) return
  const error = usageError(
    'SQLITE_IMPORTED_EARLY',
    `"${path}" was opened outside its world, because node:sqlite was imported before Shakedown was in place; load the agent after it, e.g. with await import().`,
  )
  world.interrupt({ how: 'crashed', detail: error.message })
  throw error
}

/** The path that is opened; empty for what is none. */
function pathOf(path: unknown): string {
  if (typeof path === 'string') return path.startsWith('file:') ? fileOf(path) : path
  if (path instanceof URL) return fileOf(path.href)
  return path instanceof Uint8Array ? Buffer.from(path).toString() : ''
}

function fileOf(url: string): string {
  try {
    return fileURLToPath(url.replace(/[?#].*/s, ''))
  } catch {
    return ''
  }
}
