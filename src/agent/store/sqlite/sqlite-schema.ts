import { collections } from '../collections.ts'

/** What stands in `user_version` of a file of this shape. */
export const schemaVersion = 1

/** One table a kind of record: what it is found by in columns, what it says as JSON. */
export const schemaSql = [
  ...Object.keys(collections).flatMap((name) => [
    `CREATE TABLE ${name} (id TEXT PRIMARY KEY, scope TEXT NOT NULL, place REAL NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
    `CREATE INDEX ${name}_by_scope ON ${name} (scope, place, id);`,
  ]),
  `PRAGMA user_version = ${schemaVersion};`,
].join('\n')

/** The statements on the table of one kind of record. */
export const statementsOn = {
  get: (table: string) => `SELECT body FROM ${table} WHERE id = ?`,
  listAll: (table: string) => `SELECT body FROM ${table} ORDER BY place, id`,
  listScope: (table: string) => `SELECT body FROM ${table} WHERE scope = ? ORDER BY place, id`,
  add: (table: string) =>
    `INSERT INTO ${table} (id, scope, place, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  put: (table: string) =>
    `INSERT INTO ${table} (id, scope, place, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, place = excluded.place, body = excluded.body`,
  replace: (table: string) => `UPDATE ${table} SET scope = ?, place = ?, body = ? WHERE id = ? AND body = ?`,
  remove: (table: string) => `DELETE FROM ${table} WHERE id = ?`,
} as const
