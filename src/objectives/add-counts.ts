/** How often each key was counted. */
export type Counts = Readonly<Record<string, number>>

/** Adds two tables of counts; keys are put in order, so that the bytes do not depend on who came first. */
export function addCounts(one: Counts, other: Counts): Record<string, number> {
  const sum = new Map(Object.entries(one))
  for (const [key, count] of Object.entries(other)) sum.set(key, (sum.get(key) ?? 0) + count)
  return Object.fromEntries([...sum].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
