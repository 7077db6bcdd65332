import type { Finding, TimelineEntry } from '../results/results-schema.ts'
import { violationPlace } from './violation-place.ts'

const head = 30
const tail = 12
const witnessing = 24

/** A shown entry, and how many were left out just before it. */
export interface ShownEntry {
  readonly entry: TimelineEntry
  readonly skipped: number
  /** Whether it belongs to a call that proves the violation. */
  readonly isWitness: boolean
  /** What became certain: the violation with this entry, or later and before the next one. */
  readonly violation: 'here' | 'after' | null
}

/**
 * The part of a timeline that a page shows: its beginning, its end, and the calls that prove the violation.
 *
 * An agent that never stops leaves thousands of entries; they stay in `results.json`.
 */
export function elideTimeline(finding: Pick<Finding, 'timeline' | 'witness'>): ShownEntry[] {
  const { timeline, witness } = finding
  const calls = new Set(witness.calls)
  const isWitness = ({ call }: TimelineEntry) => call !== null && calls.has(call)
  const place = violationPlace(finding)
  const proving = timeline.flatMap((entry, index) => (isWitness(entry) ? [index] : [])).slice(-witnessing)
  const kept = new Set([...proving, place.index])
  for (const index of timeline.keys()) if (index < head || index >= timeline.length - tail) kept.add(index)
  let last = -1
  return timeline.flatMap((entry, index) => {
    if (!kept.has(index)) return []
    const skipped = index - last - 1
    last = index
    const violation = index === place.index ? (place.isProof ? 'here' : 'after') : null
    return [{ entry, skipped, isWitness: isWitness(entry), violation }]
  })
}
