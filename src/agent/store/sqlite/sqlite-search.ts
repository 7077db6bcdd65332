import type { SQLInputValue } from 'node:sqlite'
import { wordsOf } from '../../memory/text-search.ts'
import type { Page } from '../../memory/text-search.ts'
import type { FindableName } from '../collections.ts'
import type { Count, Search } from '../findable.ts'
import type { SqliteFile } from './sqlite-file.ts'

/** Counts by an index alone, and reads no record. */
export function countedIn(file: SqliteFile, name: FindableName, { owner, notShownIn }: Count): number {
  const count = `SELECT count(*) AS number FROM ${name} WHERE owner = ?`
  if (notShownIn === undefined) return file.number(count, owner)
  return file.number(`${count} AND shown_in IS NOT ?`, owner, notShownIn)
}

/** One page of what a search finds, read by indices: of the records, only those of the page are. */
export function foundIn(file: SqliteFile, name: FindableName, search: Search): Page<string> {
  const { text, offset, limit } = search
  const wanted = text === undefined ? allOf(name, search) : holding(name, search, text)
  const total = file.number(`SELECT count(*) AS number FROM (${wanted.sql})`, ...wanted.parameters)
  const paged = `SELECT body FROM (${wanted.sql}) AS found JOIN ${name} USING (id) ORDER BY ${wanted.order} LIMIT ? OFFSET ?`
  const found = file.bodies(paged, ...wanted.parameters, limit, offset)
  return { found, total, nextOffset: offset + limit < total ? offset + limit : null }
}

/** What is wanted as a query, and the order of its pages. */
interface Wanted {
  readonly sql: string
  readonly parameters: readonly SQLInputValue[]
  readonly order: string
}

const newestFirst = 'found.at DESC, found.place DESC, found.id DESC'

function allOf(name: FindableName, { owner, fromMs = -Infinity, beforeMs = Infinity }: Search): Wanted {
  const sql = `SELECT id, at, place FROM ${name} WHERE owner = ? AND at >= ? AND at < ?`
  return { sql, parameters: [owner, fromMs, beforeMs], order: newestFirst }
}

/** The order of `ranked`: more different words first, then more of them, then the newer. */
function holding(name: FindableName, search: Search, text: string): Wanted {
  const { owner, fromMs = -Infinity, beforeMs = Infinity } = search
  const words = JSON.stringify([...new Set(wordsOf(text))])
  const sql = `SELECT id, at, place, count(*) AS words, sum(times) AS times FROM ${name}_words WHERE owner = ? AND word IN (SELECT value FROM json_each(?)) AND at >= ? AND at < ? GROUP BY id`
  const order = `found.words DESC, found.times DESC, ${newestFirst}`
  return { sql, parameters: [owner, words, fromMs, beforeMs], order }
}
