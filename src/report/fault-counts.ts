import { familyOfFault } from '../faults/catalogue.ts'
import type { Tally } from '../results/tally.ts'

/** What became of the faults of one family or of one of its members. */
export interface FaultCount {
  readonly name: string
  /** Faults in all plans. */
  readonly planned: number
  /** Of these, faults that struck no call. */
  readonly undelivered: number
  /** Calls struck: one fault may strike many. */
  readonly delivered: number
}

/** A family with its members, in the order of the catalogue. */
export interface FamilyCount extends FaultCount {
  /** Trials in which one of its faults struck; null in results of earlier versions. */
  readonly trials: number | null
  readonly members: readonly FaultCount[]
}

/**
 * Counts faults by family and member.
 *
 * @param families those of the search, with the calls struck: one that planned nothing is listed all the same
 */
export function faultCounts(
  { planned, undelivered, delivered, exposure }: Tally,
  families: readonly { readonly family: string; readonly delivered: number }[],
): FamilyCount[] {
  const ids = [...new Set([planned, undelivered, delivered].flatMap((counts) => Object.keys(counts)))]
  const members = Map.groupBy(ids, familyOfFault)
  const names = new Set([...families.map(({ family }) => family), ...members.keys()])
  const isTold = Object.keys(exposure).length > 0
  const trialsOf = (name: string): number | null =>
    isTold ? ((Object.hasOwn(exposure, name) ? exposure[name]?.trials : undefined) ?? 0) : null
  return [...names].map((name) => {
    const counts = (members.get(name) ?? []).map((id) => ({
      name: id,
      planned: countOf(planned, id),
      undelivered: countOf(undelivered, id),
      delivered: countOf(delivered, id),
    }))
    const sum = (of: (count: FaultCount) => number) => counts.reduce((total, count) => total + of(count), 0)
    return {
      name,
      planned: sum((count) => count.planned),
      undelivered: sum((count) => count.undelivered),
      delivered: families.find(({ family }) => family === name)?.delivered ?? sum((count) => count.delivered),
      trials: trialsOf(name),
      members: counts,
    }
  })
}

function countOf(counts: Readonly<Record<string, number>>, key: string): number {
  return Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0
}
