import { catalogue } from '../faults/catalogue.ts'
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
  readonly members: readonly FaultCount[]
}

const familyOf = new Map(catalogue.map(({ id, family }): [string, string] => [id, family]))

/**
 * Counts faults by family and member.
 *
 * @param families those of the search, with the calls struck: one that planned nothing is listed all the same
 */
export function faultCounts(
  { planned, undelivered, delivered }: Tally,
  families: readonly { readonly family: string; readonly delivered: number }[],
): FamilyCount[] {
  const ids = [...new Set([planned, undelivered, delivered].flatMap((counts) => Object.keys(counts)))]
  const members = Map.groupBy(ids, (id) => familyOf.get(id) ?? 'outside the catalogue')
  const names = new Set([...families.map(({ family }) => family), ...members.keys()])
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
      members: counts,
    }
  })
}

function countOf(counts: Readonly<Record<string, number>>, key: string): number {
  return Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0
}
