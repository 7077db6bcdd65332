/** One page of what was found. */
export interface Page<Found> {
  readonly found: readonly Found[]
  /** How many there are on all pages. */
  readonly total: number
  /** Where the next page starts; null after the last. */
  readonly nextOffset: number | null
}

/** Cuts a page out. */
export function pageOf<Found>(all: readonly Found[], offset: number, limit: number): Page<Found> {
  const end = offset + limit
  return { found: all.slice(offset, end), total: all.length, nextOffset: end < all.length ? end : null }
}

/**
 * What holds at least one word of a query, the best first.
 *
 * More different words of the query rank higher; then more of their occurrences; then what is newer. Words are runs of
 * letters and digits, whatever their case or the form of their accents; a word matches its like and no part of another.
 *
 * @param items oldest first
 */
export function ranked<Item>(items: readonly Item[], query: string, textOf: (item: Item) => string): Item[] {
  const wanted = new Set(wordsOf(query))
  return items
    .map((item, age) => ({ item, age, ...matches(wordsOf(textOf(item)), wanted) }))
    .filter(({ distinct }) => distinct > 0)
    .sort((one, other) => other.distinct - one.distinct || other.times - one.times || other.age - one.age)
    .map(({ item }) => item)
}

/** How often each word stands in a text. */
export function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function matches(words: readonly string[], wanted: ReadonlySet<string>): { distinct: number; times: number } {
  const hits = words.filter((word) => wanted.has(word))
  return { distinct: new Set(hits).size, times: hits.length }
}

/** The words of a text, as they are compared. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  )
}
