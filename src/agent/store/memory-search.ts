import { pageOf, ranked } from '../memory/text-search.ts'
import type { Page } from '../memory/text-search.ts'
import type { Row } from './collection.ts'
import type { Count, Findable, Search } from './findable.ts'

interface FoundRow extends Row {
  readonly find: Findable
}

/** How many of these rows are counted. */
export function countIn(rows: Iterable<Row>, { owner, notShownIn }: Count): number {
  return rowsOf(rows, owner).filter(({ find }) => notShownIn === undefined || find.shownIn !== notShownIn).length
}

/** Searches rows by looking at each of them, as befits a store that lasts as long as its process. */
export function searchIn(rows: Iterable<Row>, search: Search): Page<string> {
  const { owner, text, fromMs = -Infinity, beforeMs = Infinity, offset, limit } = search
  const inRange = rowsOf(rows, owner)
    .filter(({ find }) => find.atMs >= fromMs && find.atMs < beforeMs)
    .sort(byAge)
  const ordered = text === undefined ? inRange.toReversed() : ranked(inRange, text, ({ find }) => find.text)
  const page = pageOf(ordered, offset, limit)
  return { ...page, found: page.found.map(({ body }) => body) }
}

function rowsOf(rows: Iterable<Row>, owner: string): FoundRow[] {
  return [...rows].filter((row): row is FoundRow => row.find?.owner === owner)
}

/** A total order, so that every store has the same one. */
function byAge(a: FoundRow, b: FoundRow): number {
  return a.find.atMs - b.find.atMs || inOrder(a, b)
}

/** The order of the records of one scope. */
export function inOrder(a: Row, b: Row): number {
  return a.order - b.order || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
}
