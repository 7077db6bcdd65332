import type { Finding, TimelineEntry } from '../results/results-schema.ts'

const head = 30
const tail = 12
const witnessing = 24

/** A shown entry, and how many were left out just before it. */
export interface ShownEntry {
  readonly entry: TimelineEntry
  readonly skipped: number
  /** Whether it belongs to a call that proves the violation. */
  readonly isWitness: boolean
}

/**
 * The part of a timeline that a page shows: its beginning, its end, and the calls that prove the violation.
 *
 * An agent that never stops leaves thousands of entries; they stay in `results.json`.
 */
export function elideTimeline({ timeline, witness }: Pick<Finding, 'timeline' | 'witness'>): ShownEntry[] {
  const calls = new Set(witness.calls)
  const isWitness = ({ call }: TimelineEntry) => call !== null && calls.has(call)
  const proving = timeline.flatMap((entry, index) => (isWitness(entry) ? [index] : [])).slice(-witnessing)
  const kept = new Set(proving)
  for (const index of timeline.keys()) if (index < head || index >= timeline.length - tail) kept.add(index)
  let last = -1
  return timeline.flatMap((entry, index) => {
    if (!kept.has(index)) return []
    const skipped = index - last - 1
    last = index
    return [{ entry, skipped, isWitness: isWitness(entry) }]
  })
}
