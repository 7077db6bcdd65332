import type { TimelineEntry } from '../../results/results-schema.ts'
import type { ShownEntry } from '../elide-timeline.ts'
import { exactSpan } from '../span.ts'

const stepPixels = 24
/** Pixels that a factor of ten in waiting adds. */
const decadePixels = 16
const waitLabelFromMs = 1_000
const elisionPixels = 40
/** A short timeline is stretched to the room that it has, up to this factor: beyond it the eye loses the lanes. */
const mostStretch = 4

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
  /** As messages name it. */
  readonly call: number
  readonly lane: number
  readonly fromX: number
  readonly toX: number
  readonly isWitness: boolean
}

/** A moment of virtual time that has a place of its own. */
export interface Stop {
  readonly at: number
  readonly x: number
}

/** Everything a lane chart draws, in pixels from its left edge. */
export interface LaneLayout {
  readonly lanes: readonly string[]
  readonly marks: readonly Mark[]
  readonly bars: readonly CallBar[]
  readonly stretches: readonly Stretch[]
  /** The marks and the further moments, in order of time. */
  readonly stops: readonly Stop[]
  readonly width: number
}

/** What else a layout makes room for. */
export interface LaneRoom {
  /** Virtual milliseconds that need a place though nothing happens then. */
  readonly moments?: readonly number[]
  /** Pixels to fill where the timeline is short. */
  readonly leastWidth?: number
}

/**
 * Places the entries of a timeline: one step each, in order, with wider gaps for longer waits.
 *
 * Virtual time is bursty: ten entries of one instant and then a minute of waiting. Drawn to scale, the burst would be a
 * single dot; the waits are therefore named and grow with their logarithm.
 */
export function laneLayout(timeline: readonly ShownEntry[], room: LaneRoom = {}): LaneLayout {
  const names = laneNames(timeline)
  const lanes = [...new Set(names)]
  const { places, stretches, width } = place(withMoments(timeline, room.moments ?? []))
  const stretch = Math.min(Math.max((room.leastWidth ?? 0) / width, 1), mostStretch)
  const scaled = (x: number): number => Math.round(x * stretch)
  const stops = places.map(({ at, x }) => ({ at, x: scaled(x) }))
  const marks = places
    .flatMap(({ shown, x }) => (shown === null ? [] : [{ shown, x: scaled(x) }]))
    .map(({ shown, x }, index): Mark => ({ x, lane: lanes.indexOf(names[index] ?? ''), shown }))
  return {
    lanes,
    marks,
    bars: callBars(marks),
    stretches: stretches.map(({ fromX, toX, label }) => ({ fromX: scaled(fromX), toX: scaled(toX), label })),
    stops,
    width: scaled(width),
  }
}

/** Where a moment of virtual time is: at its own place, else between the places around it, by proportion. */
export function placeOf(at: number, { stops, width }: Pick<LaneLayout, 'stops' | 'width'>): number {
  const before = stops.findLast((stop) => stop.at <= at)
  const after = stops.find((stop) => stop.at > at)
  if (before === undefined) return 0
  if (before.at === at) return before.x
  if (after === undefined) return width
  return Math.round(before.x + ((at - before.at) / (after.at - before.at)) * (after.x - before.x))
}

/** A place to be: of an entry, or of a moment alone. */
interface Wanted {
  readonly at: number
  readonly shown: ShownEntry | null
}

/** The moments at which no entry stands, each before the first later entry. */
function withMoments(timeline: readonly ShownEntry[], moments: readonly number[]): Wanted[] {
  const known = new Set(timeline.map(({ entry }) => entry.at))
  const own = [...new Set(moments)].filter((at) => !known.has(at)).toSorted((a, b) => a - b)
  const wanted: Wanted[] = []
  for (const shown of timeline) {
    const { at } = shown.entry
    while (own[0] !== undefined && own[0] < at) wanted.push({ at: own.shift() ?? 0, shown: null })
    wanted.push({ at, shown })
  }
  return [...wanted, ...own.map((at) => ({ at, shown: null }))]
}

function place(wanted: readonly Wanted[]) {
  const stretches: Stretch[] = []
  let x = stepPixels / 2
  let beforeMs = wanted[0]?.at ?? 0
  const places = wanted.map(({ at, shown }, index) => {
    const waitMs = at - beforeMs
    const skipped = shown?.skipped ?? 0
    const fromX = x
    if (index > 0) x += stepPixels + Math.round(decadePixels * Math.log10(1 + Math.max(waitMs, 0) / 100))
    if (skipped > 0) x += elisionPixels
    if (skipped > 0) stretches.push({ fromX, toX: x, label: `${skipped} left out` })
    else if (waitMs >= waitLabelFromMs) stretches.push({ fromX, toX: x, label: exactSpan(waitMs) })
    beforeMs = at
    return { at, x, shown }
  })
  return { places, stretches, width: x + stepPixels / 2 }
}

/** The lane of each entry: what belongs to a call stands on the lane of the call. */
function laneNames(timeline: readonly ShownEntry[]): string[] {
  const laneOfCall = new Map<number, string>()
  for (const { entry } of timeline) {
    if (entry.call !== null && isCallKind(entry)) laneOfCall.set(entry.call, laneName(entry))
  }
  return timeline.map(({ entry }) => (entry.call === null ? undefined : laneOfCall.get(entry.call)) ?? laneName(entry))
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
  return [...byCall].flatMap(([call, ofCall]) => {
    const [first, last] = [ofCall[0], ofCall.at(-1)]
    if (call === null || first === undefined || last === undefined) return []
    return [{ call, lane: first.lane, fromX: first.x, toX: last.x, isWitness: first.shown.isWitness }]
  })
}
