import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { z } from 'zod'
import { StoreError } from '../store-error.ts'
import { migrations } from './sqlite-migrations.ts'
import { schemaSql, schemaVersion } from './sqlite-schema.ts'

const versionSchema = z.looseObject({ user_version: z.int() })
const numberSchema = z.looseObject({ number: z.number() })
const rowsSchema = z.array(z.looseObject({ body: z.string() }))

/** How changes get into the file: by a log that readers need not wait for, or by a journal of what was there. */
export type Journal = 'wal' | 'delete'

/**
 * The file of a store and the connection to it, which is opened when it is needed and after it had to be given up.
 *
 * Everything here is synchronous and waits for nothing: SQLite's own waiting would hold up the thread.
 */
export class SqliteFile {
  readonly #path: string
  readonly #journal: Journal
  #database: DatabaseSync | null = null
  #statements = new Map<string, StatementSync>()
  /** Whether the tables have been there: from then on, a file without them is another file. */
  #hadTables = false

  constructor(path: string, journal: Journal) {
    this.#path = path
    this.#journal = journal
  }

  get isInTransaction(): boolean {
    return this.#database?.isTransaction === true
  }

  /** The texts of the records that a query finds. */
  bodies(sql: string, ...parameters: SQLInputValue[]): string[] {
    const parsed = rowsSchema.safeParse(this.#statement(sql).all(...parameters))
    if (parsed.success) return parsed.data.map(({ body }) => body)
    throw new StoreError('corrupt', 'The store cannot be used: a row of it has no text.', { cause: parsed.error })
  }

  /** The number that a query comes to. */
  number(sql: string, ...parameters: SQLInputValue[]): number {
    return numberSchema.parse(this.#statement(sql).get(...parameters)).number
  }

  /** Carries a statement out, and says how many rows it has changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...parameters).changes)
  }

  /** Does all of the work, or nothing of it where it returns false or throws. */
  transact(work: () => boolean): boolean {
    const database = this.#open()
    // At once: a lock that is taken later can make the work fail halfway.
    database.exec('BEGIN IMMEDIATE')
    const holds = work()
    database.exec(holds ? 'COMMIT' : 'ROLLBACK')
    return holds
  }

  /** Gives the connection up: what was not committed is undone. */
  close(): void {
    const database = this.#database
    this.#database = null
    this.#statements = new Map()
    if (database?.isOpen) database.close()
  }

  #statement(sql: string): StatementSync {
    const database = this.#open()
    const statement = this.#statements.get(sql) ?? database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #open(): DatabaseSync {
    if (this.#database) return this.#database
    const database = new DatabaseSync(this.#path, { timeout: 0 })
    try {
      database.exec(`PRAGMA journal_mode = ${this.#journal}; PRAGMA synchronous = FULL`)
      this.#requireTables(database)
    } catch (error) {
      database.close()
      throw error
    }
    this.#hadTables = true
    this.#database = database
    return database
  }

  #requireTables(database: DatabaseSync): void {
    const version = versionOf(database)
    if (version === schemaVersion) return
    if (version === 0 && this.#hadTables) {
      throw new StoreError('gone', 'The store cannot be used: its file is another one than before.')
    }
    if (version === 0) return void database.exec(`BEGIN IMMEDIATE; ${schemaSql} COMMIT`)
    migrate(database)
  }
}

function versionOf(database: DatabaseSync): number {
  return versionSchema.parse(database.prepare('PRAGMA user_version').get()).user_version
}

/** Makes a file of an earlier version one of this version: wholly, or not at all. */
function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE')
  // Read again under the lock: another process may have done it meanwhile.
  for (let version = versionOf(database); version !== schemaVersion; version++) {
    const migration = migrations[version]
    if (migration === undefined) {
      throw new StoreError(
        'failed',
        `The store cannot be used: its file has the version ${version}, and this program writes ${schemaVersion}; use the program that made it.`,
      )
    }
    database.exec(`${migration}; PRAGMA user_version = ${version + 1}`)
  }
  database.exec('COMMIT')
}
