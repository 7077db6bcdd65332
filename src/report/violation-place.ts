import type { Finding } from '../results/results-schema.ts'

/** Where in a timeline a violation became certain. */
export interface ViolationPlace {
  /** The entry that proves it, or else the last one before it; -1 where it came before all of them. */
  readonly index: number
  /** Whether the entry proves it; otherwise the violation became certain later, between entries. */
  readonly isProof: boolean
}

/** Where a violation became certain; results of earlier versions do not name the entry, so their calls and time tell. */
export function violationPlace({ timeline, witness }: Pick<Finding, 'timeline' | 'witness'>): ViolationPlace {
  const { at, calls, entry } = witness
  if (entry !== null && entry < timeline.length) return { index: entry, isProof: true }
  const proving = calls
    .toReversed()
    .map((proof) => timeline.findIndex((each) => each.at === at && each.call === proof))
    .find((index) => index >= 0)
  if (proving !== undefined) return { index: proving, isProof: true }
  const index = timeline.findLastIndex((each) => each.at <= at)
  return { index, isProof: false }
}
