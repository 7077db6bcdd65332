import { grouped } from '../../results/quantity.ts'

/** Reasons of the results, for readers who know no workload of theirs. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['to be cancelled by the workload', 'the workload cancels them on purpose'],
  ['aborted by a fault', 'a fault aborted them'],
])

/** What is not counted and why: `60 not counted: the workload cancels them on purpose`; empty for none. */
export function excludedWords(excluded: Readonly<Record<string, number>>): string {
  return entriesOf(excluded)
    .map(({ count, reason }) => `${count} not counted: ${reason}`)
    .join('; ')
}

/** The same below a heading: `60, the workload cancels them on purpose`; empty for none. */
export function excludedCounts(excluded: Readonly<Record<string, number>>): string {
  return entriesOf(excluded)
    .map(({ count, reason }) => `${count}, ${reason}`)
    .join('; ')
}

function entriesOf(excluded: Readonly<Record<string, number>>): { readonly count: string; readonly reason: string }[] {
  return Object.entries(excluded).flatMap(([reason, count]) =>
    count === 0 ? [] : [{ count: grouped(count), reason: reasons.get(reason) ?? reason }],
  )
}
