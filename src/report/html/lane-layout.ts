import type { TimelineEntry } from '../../results/results-schema.ts'
import type { ShownEntry } from '../elide-timeline.ts'
import { exactSpan } from '../span.ts'

const stepPixels = 24
/** Pixels that a factor of ten in waiting adds. */
const decadePixels = 16
const waitLabelFromMs = 1_000
const elisionPixels = 40

/** A mark of the chart: where, on which lane, and what. */
export interface Mark {
  readonly x: number
  readonly lane: number
  readonly shown: ShownEntry
}

/** A stretch of virtual time in which nothing happened, long enough to be named; or entries left out. */
export interface Stretch {
  readonly fromX: number
  readonly toX: number
  readonly label: string
}

/** From the first to the last mark of one call. */
export interface CallBar {
  readonly lane: number
  readonly fromX: number
  readonly toX: number
  readonly isWitness: boolean
}

/** Everything a lane chart draws, in pixels from its left edge. */
export interface LaneLayout {
  readonly lanes: readonly string[]
  readonly marks: readonly Mark[]
  readonly bars: readonly CallBar[]
  readonly stretches: readonly Stretch[]
  readonly width: number
}

/**
 * Places the entries of a timeline: one step each, in order, with wider gaps for longer waits.
 *
 * Virtual time is bursty: ten entries of one instant and then a minute of waiting. Drawn to scale, the burst would be a
 * single dot; the waits are therefore named and grow with their logarithm.
 */
export function laneLayout(timeline: readonly ShownEntry[]): LaneLayout {
  const laneOfCall = new Map<number, string>()
  for (const { entry } of timeline) {
    if (entry.call !== null && isCallKind(entry)) laneOfCall.set(entry.call, laneName(entry))
  }
  const names = timeline.map(
    ({ entry }) => (entry.call === null ? undefined : laneOfCall.get(entry.call)) ?? laneName(entry),
  )
  const lanes = [...new Set(names)]
  const stretches: Stretch[] = []
  let x = stepPixels / 2
  let beforeMs = timeline[0]?.entry.at ?? 0
  const marks = timeline.map((shown, index): Mark => {
    const waitMs = shown.entry.at - beforeMs
    const fromX = x
    if (index > 0) x += stepPixels + Math.round(decadePixels * Math.log10(1 + waitMs / 100))
    if (shown.skipped > 0) x += elisionPixels
    if (shown.skipped > 0) stretches.push({ fromX, toX: x, label: `${shown.skipped} left out` })
    else if (waitMs >= waitLabelFromMs) stretches.push({ fromX, toX: x, label: exactSpan(waitMs) })
    beforeMs = shown.entry.at
    return { x, lane: lanes.indexOf(names[index] ?? ''), shown }
  })
  return { lanes, marks, bars: callBars(marks), stretches, width: x + stepPixels / 2 }
}

function isCallKind({ kind }: TimelineEntry): boolean {
  return kind === 'model' || kind === 'tool' || kind === 'approval'
}

function laneName({ kind, upstream }: TimelineEntry): string {
  if (kind === 'task' || kind === 'end' || kind === 'world') return 'agent'
  if (kind === 'approval') return 'approvals'
  return upstream === undefined ? kind : `${kind} ${upstream}`
}

function callBars(marks: readonly Mark[]): CallBar[] {
  const byCall = Map.groupBy(
    marks.filter(({ shown }) => shown.entry.call !== null),
    ({ shown }) => shown.entry.call,
  )
  return [...byCall.values()].flatMap((ofCall) => {
    const [first, last] = [ofCall[0], ofCall.at(-1)]
    if (first === undefined || last === undefined) return []
    return [{ lane: first.lane, fromX: first.x, toX: last.x, isWitness: first.shown.isWitness }]
  })
}
