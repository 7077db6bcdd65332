import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

/** Calls one of SQLite's own functions. */
export type Reckon = (name: string, args: readonly SQLOutputValue[]) => SQLInputValue

let reckon: Reckon | undefined

/** SQLite's own functions, on a connection in memory that nobody has changed. */
export function reckonerLike(database: DatabaseSync): Reckon {
  return (reckon ??= reckonerOn(new (database.constructor as new (path: string) => DatabaseSync)(':memory:')))
}

function reckonerOn(memory: DatabaseSync): Reckon {
  const statements = new Map<string, StatementSync>()
  return (name, args) => {
    const sql = `SELECT ${name}(${args.map(() => '?').join()}) AS value`
    let statement = statements.get(sql)
    if (statement === undefined) {
      statements.set(sql, (statement = memory.prepare(sql)))
      // An integer must come back as one: a number of JavaScript's would become a real.
      statement.setReadBigInts(true)
    }
    return statement.get(...args)?.['value'] ?? null
  }
}
