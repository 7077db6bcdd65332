/** What a failure comes down to. */
export interface MinimalCauses<Part> {
  /** No part of it can be left out without the failure going away; empty where nothing causes it. */
  readonly set: readonly Part[]
  /** Other such sets: any of them alone causes the failure as well. */
  readonly alternatives: readonly (readonly Part[])[]
  /** False where the bound on runs was reached before the set was known to be minimal. */
  readonly isMinimal: boolean
}

/** Whether the failure happens with these parts alone; null where no more runs are allowed. */
export type Fails<Part> = (parts: readonly Part[]) => Promise<boolean | null>

/** Redundant causes that are told; more say nothing new. */
const mostAlternatives = 4

/**
 * Finds the minimal sets of parts that cause a failure.
 *
 * One set is reduced from all parts, the later ones left out first. Then each of its parts is taken away from all of
 * them: where the failure stays, there is another cause, which is reduced in turn. The order is fixed, so the same
 * failure gives the same sets.
 *
 * @param parts all of them together cause the failure
 */
export async function findMinimalCauses<Part>(
  parts: readonly Part[],
  fails: Fails<Part>,
): Promise<MinimalCauses<Part>> {
  const first = await reduce(parts, fails)
  if (!first.isMinimal) return { ...first, alternatives: [] }
  const found = [first.set]
  const withoutThese: (readonly Part[])[] = first.set.map((part) => [part])
  const seen = new Set<string>()
  for (let next = 0; next < withoutThese.length && found.length <= mostAlternatives; next++) {
    const removed = withoutThese[next] ?? []
    const key = keyOf(parts, removed)
    if (seen.has(key)) continue
    seen.add(key)
    const rest = parts.filter((part) => !removed.includes(part))
    const stays = await fails(rest)
    if (stays === null) break
    if (!stays) continue
    const { set, isMinimal } = await reduce(rest, fails)
    if (!isMinimal) break
    if (!found.some((known) => keyOf(parts, known) === keyOf(parts, set))) found.push(set)
    withoutThese.push(...set.map((part) => [...removed, part]))
  }
  return { set: first.set, alternatives: found.slice(1), isMinimal: true }
}

interface Reduced<Part> {
  readonly set: readonly Part[]
  readonly isMinimal: boolean
}

/** Leaves out halves, quarters and so on down to single parts, until no single one can be left out. */
async function reduce<Part>(parts: readonly Part[], fails: Fails<Part>): Promise<Reduced<Part>> {
  let set = parts
  let size = Math.ceil(parts.length / 2)
  while (size > 0) {
    const before = set.length
    for (let end = set.length; end > 0; end -= size) {
      const smaller = set.toSpliced(Math.max(0, end - size), Math.min(size, end))
      const stays = await fails(smaller)
      if (stays === null) return { set, isMinimal: false }
      if (stays) set = smaller
    }
    if (size > 1) size = Math.floor(size / 2)
    else if (set.length === before) size = 0
  }
  return { set, isMinimal: true }
}

function keyOf<Part>(parts: readonly Part[], some: readonly Part[]): string {
  return some
    .map((part) => parts.indexOf(part))
    .toSorted((a, b) => a - b)
    .join()
}
