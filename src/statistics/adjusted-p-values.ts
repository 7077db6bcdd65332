import { requireRate } from './require-share.ts'

/**
 * Holm's adjustment: p-values of many tests, raised so that the chance of any false alarm stays below a level.
 *
 * To be used where a gate looks at many cells: one false alarm among them stops a deploy. A cell fails when its adjusted
 * value is at most the level. Holds whatever the tests have in common. Source: Holm 1979.
 *
 * @param values p-values, 0 to 1
 * @returns adjusted values, at the places of theirs
 */
export function holm(values: readonly number[]): number[] {
  const ranked = byRank(values)
  let most = 0
  const adjusted: number[] = []
  for (const [rank, { value, place }] of ranked.entries()) {
    most = Math.max(most, Math.min(1, (ranked.length - rank) * value))
    adjusted[place] = most
  }
  return adjusted
}

/**
 * Benjamini and Hochberg's adjustment: p-values of many tests, raised so that among those called out, the share of false
 * alarms stays below a level on average.
 *
 * To be used for exploration, where a false alarm costs a look and not a deploy; the tests should not oppose each other.
 * Source: Benjamini and Hochberg 1995.
 *
 * @param values p-values, 0 to 1
 * @returns adjusted values, at the places of theirs
 */
export function benjaminiHochberg(values: readonly number[]): number[] {
  const ranked = byRank(values)
  let least = 1
  const adjusted: number[] = []
  for (const [rank, { value, place }] of [...ranked.entries()].toReversed()) {
    least = Math.min(least, (ranked.length / (rank + 1)) * value)
    adjusted[place] = least
  }
  return adjusted
}

function byRank(values: readonly number[]): { value: number; place: number }[] {
  for (const value of values) requireRate('A p-value', value)
  return values.map((value, place) => ({ value, place })).toSorted((a, b) => a.value - b.value)
}
