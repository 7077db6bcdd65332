import type { DatabaseSync, StatementResultingChanges, StatementSync } from 'node:sqlite'
import { ProcessIsGone } from '../process-is-gone.ts'
import { giveVirtualTime } from '../sqlite-time.ts'
import type { Store, StoreConnection, StoreStatement } from '../stores.ts'
import type { World } from '../world.ts'

/** The methods of `node:sqlite` as they were before they were replaced. */
export interface RealSqlite {
  readonly database: Pick<DatabaseSync, 'open' | 'close' | 'exec' | 'prepare' | 'location'>
  readonly statement: Pick<StatementSync, 'run' | 'get' | 'all' | 'iterate'>
}

/** What a statement is prepared from: its SQL, and in newer releases of Node how it reads. */
export type PrepareArguments = Parameters<DatabaseSync['prepare']>

/** A method of a statement that carries it out. */
export type Execution = keyof RealSqlite['statement']

/** The world of a client, while there is one. */
interface Surroundings {
  readonly world: World
  readonly store: Store
  /** The life of the agent's process that opened the database: what a later one does is done through another. */
  readonly life: World['life']
}

/** One `DatabaseSync` of the agent's on a store of its world: what it asks becomes calls. */
export class StoreClient {
  /** Where the agent believes the file to be, and where it is. */
  readonly paths: Pick<Store, 'declaredPath' | 'file'>
  readonly #real: RealSqlite
  readonly #database: DatabaseSync
  readonly #connection: StoreConnection
  /**
   * Let go of at the end of the world: Node keeps a `DatabaseSync` for as long as its statements can be reached, and by
   * the agent in its world they could be for ever.
   */
  #surroundings: Surroundings | undefined

  constructor(database: DatabaseSync, store: Store, world: World, real: RealSqlite) {
    this.#database = database
    this.paths = { declaredPath: store.declaredPath, file: store.file }
    this.#surroundings = { world, store, life: world.life }
    world.whenClosed(() => (this.#surroundings = undefined))
    this.#real = real
    this.#connection = {
      execute: (sql) => real.database.exec.call(database, sql),
      query(sql) {
        const all: (this: StatementSync) => Rows = real.statement.all
        return all.call(real.database.prepare.call(database, sql))
      },
      close: () => {
        if (database.isOpen) real.database.close.call(database)
      },
    }
  }

  /** Whether the world of the store has ended. */
  get isOver(): boolean {
    return this.#surroundings === undefined || this.#surroundings.world.isClosed
  }

  /**
   * Stops code of a process that is dead while its world goes on: it neither reads nor writes any more.
   *
   * @throws {ProcessIsGone}
   */
  requireLife(): void {
    if (this.#surroundings?.life.isOver === true && !this.isOver) throw new ProcessIsGone()
  }

  open(): void {
    const run = (): void => this.#real.database.open.call(this.#database)
    // Before it is opened, because the process may die as soon as it is.
    const { store, world } = this.#inWorld
    store.keep(this.#connection)
    store.perform({ statement: { method: 'open', sql: '', parameters: [] }, connection: null, run, tell: nothing })
    giveVirtualTime(this.#database, world)
  }

  exec(sql: string): void {
    const run = (): void => this.#real.database.exec.call(this.#database, sql)
    this.#perform({ method: 'exec', sql, parameters: [] }, run, nothing)
  }

  /** A statement that compiles is no call yet; one that does not is one that failed. */
  prepare(asked: PrepareArguments): StatementSync {
    const run = (): StatementSync => this.#real.database.prepare.call(this.#database, ...asked)
    try {
      return run()
    } catch {
      return this.#perform({ method: 'prepare', sql: asked[0], parameters: [] }, run, nothing)
    }
  }

  execute(method: Execution, prepared: { statement: StatementSync; sql: string }, parameters: unknown[]): unknown {
    const { statement, sql } = prepared
    const real: (...parameters: never[]) => unknown = this.#real.statement[method]
    const run = (): unknown => Reflect.apply(real, statement, parameters)
    if (method !== 'iterate')
      return this.#perform({ method, sql, parameters }, run, method === 'run' ? changes : asItIs)
    // Rows are fetched one by one, and the first is where a statement fails.
    const start = (): StartedRows => {
      const rows = run() as IterableIterator<unknown>
      return { rows, first: rows.next() }
    }
    return rest(
      this.#perform({ method, sql, parameters }, start, ({ first }) => (first.done === true ? null : first.value)),
    )
  }

  #perform<Result>(statement: StoreStatement, run: () => Result, tell: (result: Result) => unknown): Result {
    return this.#inWorld.store.perform({ statement, connection: this.#connection, run, tell })
  }

  /** Whoever asks has made sure that the world has not ended. */
  get #inWorld(): Surroundings {
    if (this.#surroundings === undefined) throw new ProcessIsGone()
    return this.#surroundings
  }
}

type Rows = ReturnType<StoreConnection['query']>

interface StartedRows {
  readonly rows: IterableIterator<unknown>
  readonly first: IteratorResult<unknown>
}

function* rest({ rows, first }: StartedRows): Generator<unknown> {
  if (first.done === true) return
  try {
    yield first.value
    yield* rows
  } finally {
    rows.return?.()
  }
}

function nothing(): null {
  return null
}

/** What a statement changed, in one order on every Node. */
function changes(result: unknown): unknown {
  const { changes: rows, lastInsertRowid } = result as StatementResultingChanges
  return { changes: rows, lastInsertRowid }
}

function asItIs(result: unknown): unknown {
  return result ?? null
}
