import { usageError } from '../../contract/errors.ts'
import { type Upstream, opaqueReply, opaqueRequest } from '../upstream.ts'

/** How a store in an SQLite file is declared. */
export interface SqliteStoreOptions {
  /** The path under which the agent opens it with `node:sqlite`, as it is or resolved from the working directory. */
  readonly path: string
  /** Default `store`; faults aim at it. */
  readonly name?: string
  /** SQL that a fresh file begins with, e.g. the tables and rows that the agent expects. */
  readonly schema?: string
}

/** A store that the agent keeps in a file of its own. */
export interface SqliteStore extends Upstream {
  readonly seam: 'file'
  readonly path: string
  readonly schema: string
}

/**
 * An SQLite file that the agent keeps, e.g. its memory or its step log: real SQLite on a real file, fresh for each
 * trial. Each statement on it is a call: counted, recorded, and open to the faults of `faults.store`.
 *
 * A statement is synchronous, so no virtual time can pass inside it: it is never slow. A file that is attached, or read
 * other than with `node:sqlite`, is not the trial's.
 *
 * @throws {ShakedownError} of kind `usage` for a store in memory, which has no file
 */
export function sqliteStore({ path, name = 'store', schema = '' }: SqliteStoreOptions): SqliteStore {
  if (path === '' || path === ':memory:') {
    throw usageError(
      'STORE_PATH',
      `the store "${name}" has the path "${path}", which is no file; give the path of the file that the agent opens.`,
    )
  }
  return {
    name,
    kind: 'store',
    seam: 'file',
    origin: `sqlite:${encodeURIComponent(name)}`,
    latencyMs: 0,
    path,
    schema,
    matches: () => false,
    understand: () => opaqueRequest,
    // Nothing is sent to a file: its statements are carried out by SQLite, see WorldStores.
    handle: () => ({ failure: 'ECONNREFUSED', message: `"${name}" is a file` }),
    describe: () => opaqueReply,
  }
}

/** Whether an upstream is a file. */
export function isSqliteStore(upstream: Upstream): upstream is SqliteStore {
  return upstream.seam === 'file' && 'path' in upstream
}
