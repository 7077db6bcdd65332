import { collections, findableNames } from '../collections.ts'

/** What stands in `user_version` of a file of this shape. */
export const schemaVersion = 3

/** One table a kind of record: what it is found by in columns, what it says as JSON. */
export const schemaSql = [
  ...Object.keys(collections).flatMap((name) => [
    `CREATE TABLE ${name} (id TEXT PRIMARY KEY, scope TEXT NOT NULL, place REAL NOT NULL, body TEXT NOT NULL${isFindable(name) ? ', owner TEXT, at REAL, shown_in TEXT, words TEXT' : ''}) STRICT, WITHOUT ROWID;`,
    `CREATE INDEX ${name}_by_scope ON ${name} (scope, place, id);`,
  ]),
  ...findableNames.flatMap(findableSql),
  `PRAGMA user_version = ${schemaVersion};`,
].join('\n')

/**
 * What a kind of record is searched by: further columns, and an index of words that triggers keep, so that a record and
 * its words are written by one statement.
 *
 * SQLite's own full-text search knows neither these words nor this order.
 */
function findableSql(name: string): string[] {
  const words = `${name}_words`
  const addWords = `INSERT INTO ${words} SELECT NEW.owner, key, NEW.at, NEW.place, NEW.id, value FROM json_each(NEW.words) WHERE NEW.owner IS NOT NULL;`
  const removeWords = `DELETE FROM ${words} WHERE owner = OLD.owner AND word IN (SELECT key FROM json_each(OLD.words)) AND at = OLD.at AND place = OLD.place AND id = OLD.id;`
  const isOther = '(OLD.owner, OLD.at, OLD.place, OLD.words) IS NOT (NEW.owner, NEW.at, NEW.place, NEW.words)'
  return [
    `CREATE INDEX ${name}_by_owner ON ${name} (owner, at, place, id, shown_in) WHERE owner IS NOT NULL;`,
    `CREATE TABLE ${words} (owner TEXT NOT NULL, word TEXT NOT NULL, at REAL NOT NULL, place REAL NOT NULL, id TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (owner, word, at, place, id)) STRICT, WITHOUT ROWID;`,
    `CREATE TRIGGER ${name}_added AFTER INSERT ON ${name} BEGIN ${addWords} END;`,
    `CREATE TRIGGER ${name}_changed AFTER UPDATE ON ${name} WHEN ${isOther} BEGIN ${removeWords} ${addWords} END;`,
    `CREATE TRIGGER ${name}_removed AFTER DELETE ON ${name} BEGIN ${removeWords} END;`,
  ]
}

/** A column besides the id. */
export type Column = 'scope' | 'place' | 'body' | 'owner' | 'at' | 'shown_in' | 'words'

/** The columns of a table besides the id, in the order in which their values are bound. */
export function columnsOf(table: string): readonly Column[] {
  return isFindable(table) ? ['scope', 'place', 'body', 'owner', 'at', 'shown_in', 'words'] : ['scope', 'place', 'body']
}

function isFindable(table: string): boolean {
  return findableNames.some((name) => name === table)
}

function insertInto(table: string): string {
  const columns = columnsOf(table)
  return `INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)}) ON CONFLICT (id) DO`
}

function assigned(table: string, valueOf: (column: Column) => string): string {
  return columnsOf(table)
    .map((column) => `${column} = ${valueOf(column)}`)
    .join(', ')
}

/** The statements on the table of one kind of record. */
export const statementsOn = {
  get: (table: string) => `SELECT body FROM ${table} WHERE id = ?`,
  listAll: (table: string) => `SELECT body FROM ${table} ORDER BY place, id`,
  listScope: (table: string) => `SELECT body FROM ${table} WHERE scope = ? ORDER BY place, id`,
  add: (table: string) => `${insertInto(table)} NOTHING`,
  put: (table: string) => `${insertInto(table)} UPDATE SET ${assigned(table, (column) => `excluded.${column}`)}`,
  replace: (table: string) => `UPDATE ${table} SET ${assigned(table, () => '?')} WHERE id = ? AND body = ?`,
  remove: (table: string) => `DELETE FROM ${table} WHERE id = ?`,
} as const
