/** SQL on a store's file that is no call of the agent's: nobody counts it, and no fault strikes it. */
export interface StoreConnection {
  execute(sql: string): void
  /** The rows of a query. */
  query(sql: string): readonly Readonly<Record<string, unknown>>[]
  close(): void
}

/** What the agent asks of a store: a method of its client, e.g. `open`, `exec` or `run`, and the statement. */
export interface StoreStatement {
  readonly method: string
  /** Empty for `open`. */
  readonly sql: string
  /** What is bound to the statement. */
  readonly parameters: readonly unknown[]
}

/** One statement on its way to a file. */
export interface StoreCall<Result> {
  readonly statement: StoreStatement
  /** The connection that the agent uses; null while it opens. */
  readonly connection: StoreConnection | null
  /** Carries the statement out, at once. */
  readonly run: () => Result
  /** What the trace tells of a result. */
  readonly tell: (result: Result) => unknown
}

/** A store of a world, declared under one path and kept in a file that belongs to the trial alone. */
export interface Store {
  /** Where the agent believes the file to be. */
  readonly declaredPath: string
  /** Where it is; made when it is first asked for. */
  readonly file: string
  /** Makes a call of a statement: counted, recorded and open to faults. */
  perform<Result>(call: StoreCall<Result>): Result
  /** A connection that is to be closed with the world. */
  keep(connection: StoreConnection): void
}

/** The stores of a world. */
export interface Stores {
  /** The store that is declared under a path; undefined where none is. */
  at(path: string): Store | undefined
  /** Closes what the agent has open, as a system does for a process that dies: what was not committed is undone. */
  cut(): void
  /** Closes what the agent left open, and removes the files. */
  close(): void
}
