import { inSeconds } from '../../properties/virtual-time.ts'
import type { Finding } from '../../results/results-schema.ts'
import { elideTimeline } from '../elide-timeline.ts'
import { drawBreakers } from './breaker-chart.ts'
import { breakerName } from './breaker-layout.ts'
import { escapeText as escape, labelRoom, laneHeight, laneLabel, middle, top } from './chart-geometry.ts'
import { type LaneLayout, type Mark, laneLayout, placeOf } from './lane-layout.ts'
import { drawTimes, timesHeight } from './lane-times.ts'
import { drawSpans } from './span-chart.ts'

/** Room on the right for the time at the last mark. */
const lastTimeWidth = 52
/** What a finding has on a page of a usual window; a longer timeline is wider and scrolls. */
const pageWidth = 1_080

/** The parts of a chart share where its lanes begin. */
interface Drawing {
  readonly layout: LaneLayout
  readonly lanes: number
  /** Pixels left of the lanes, for their names. */
  readonly left: number
}

/**
 * Draws a finding's timeline as lanes, one for each upstream, with faults, effects and the moment of the violation.
 *
 * Coloured by the classes of the page's style sheet and built of whole pixels, so that equal findings give equal bytes.
 * The table beside it says the same in words.
 *
 * @param id unique in the page
 */
export function laneChart(finding: Finding, id: string): string {
  const { witness, breakers = [] } = finding
  const timeline = elideTimeline(finding)
  const moments = [witness.at, ...witness.spans.flatMap(({ from, to }) => (to === null ? [from] : [from, to]))]
  const shown = laneLayout(timeline).lanes
  const left = labelRoom([...shown, ...breakers.map(breakerName), ...witness.spans.map(({ words }) => words)])
  const layout = laneLayout(timeline, { moments, leastWidth: pageWidth - left - lastTimeWidth })
  const lanes = layout.lanes.length + breakers.length + witness.spans.length
  const drawing: Drawing = { layout, lanes, left }
  const height = top + lanes * laneHeight + timesHeight
  const width = left + layout.width + lastTimeWidth
  return [
    `<svg class="lanes" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-text">`,
    `<title id="${id}-title">Timeline of trial ${finding.firstTrial}</title>`,
    `<desc id="${id}-text">${layout.marks.length} entries on ${layout.lanes.length} lanes: ${escape(layout.lanes.join(', '))}. The table below holds them in words.</desc>`,
    ...drawStretches(drawing),
    ...drawLanes(drawing),
    ...drawBars(drawing),
    ...drawBreakers(breakers, layout, layout.lanes.length, left),
    ...drawSpans(witness.spans, layout, layout.lanes.length + breakers.length, left),
    ...drawViolation(drawing, witness.at),
    ...layout.marks.map((mark) => drawMark(mark, left)),
    ...drawTimes(layout, moments, top + lanes * laneHeight + 16, left),
    '</svg>',
  ].join('\n')
}

function drawStretches({ layout: { stretches }, lanes, left }: Drawing): string[] {
  return stretches.flatMap(({ fromX, toX, label }) => {
    const [from, to] = [left + fromX + 8, left + toX - 8]
    return [
      `<rect class="wait" x="${from}" y="${top - 4}" width="${Math.max(to - from, 1)}" height="${lanes * laneHeight + 4}"/>`,
      `<text class="note" x="${(from + to) / 2}" y="${top - 10}" text-anchor="middle">${escape(label)}</text>`,
    ]
  })
}

function drawLanes({ layout: { lanes, width }, left }: Drawing): string[] {
  return lanes.flatMap((name, lane) => [
    `<text class="lane" x="0" y="${middle(lane) + 4}">${laneLabel(name)}</text>`,
    `<line class="lane" x1="${left}" x2="${left + width}" y1="${middle(lane)}" y2="${middle(lane)}"/>`,
  ])
}

/** Each call as a bar, with its number above it. */
function drawBars({ layout: { bars }, left }: Drawing): string[] {
  return bars.flatMap(({ call, lane, fromX, toX, isWitness }) => [
    `<rect class="call${isWitness ? ' witness' : ''}" x="${left + fromX - 7}" y="${middle(lane) - 7}" width="${toX - fromX + 14}" height="14" rx="7"/>`,
    `<text class="${isWitness ? 'deciding' : 'note'}" x="${left + fromX + 4}" y="${middle(lane) - 10}">${call}</text>`,
  ])
}

/** At the entry that proves it, else where its time is. */
function drawViolation({ layout, lanes, left }: Drawing, violatedAtMs: number): string[] {
  const proof = layout.marks.find(({ shown }) => shown.violation === 'here')
  const offset = proof?.x ?? placeOf(violatedAtMs, layout)
  const x = left + offset
  const isLeft = offset > layout.width / 2
  return [
    `<line class="violation" x1="${x}" x2="${x}" y1="${top - 24}" y2="${top + lanes * laneHeight}"/>`,
    `<text class="certain" x="${isLeft ? x - 5 : x + 5}" y="${top - 28}"${isLeft ? ' text-anchor="end"' : ''}>violation certain at ${escape(inSeconds(violatedAtMs))}</text>`,
  ]
}

function drawMark({ x: offset, lane, shown: { entry } }: Mark, left: number): string {
  const [x, y] = [left + offset, middle(lane)]
  const call = entry.call === null ? '' : `call ${entry.call}, `
  const title = `<title>${escape(`${inSeconds(entry.at)}: ${call}${entry.text}`)}</title>`
  switch (entry.kind) {
    case 'fault':
      return `<path class="fault" d="M${x} ${y - 9}L${x + 9} ${y}L${x} ${y + 9}L${x - 9} ${y}Z">${title}</path>`
    case 'effect':
      return `<rect class="effect" x="${x - 5}" y="${y - 5}" width="10" height="10">${title}</rect>`
    case 'task':
    case 'end':
    case 'world':
      return `<rect class="event" x="${x - 2}" y="${y - 8}" width="4" height="16">${title}</rect>`
    default:
      return `<circle class="event" cx="${x}" cy="${y}" r="4">${title}</circle>`
  }
}
