import { inSeconds } from '../../properties/virtual-time.ts'
import type { Finding } from '../../results/results-schema.ts'
import { elideTimeline } from '../elide-timeline.ts'
import { drawBreakers } from './breaker-chart.ts'
import { escapeText as escape, labelWidth, laneHeight, laneLabel, middle, top } from './chart-geometry.ts'
import { type LaneLayout, type Mark, laneLayout } from './lane-layout.ts'

const axisHeight = 26
/** Room that the time at one mark takes. */
const timeWidth = 64
/** Room on the right for the time at the last mark. */
const lastTimeWidth = 44

/**
 * Draws a finding's timeline as lanes, one for each upstream, with faults, effects and the moment of the violation.
 *
 * Coloured by the classes of the page's style sheet and built of whole pixels, so that equal findings give equal bytes.
 * The table beside it says the same in words.
 *
 * @param id unique in the page
 */
export function laneChart(finding: Finding, id: string): string {
  const layout = laneLayout(elideTimeline(finding))
  const breakers = finding.breakers ?? []
  const lanes = layout.lanes.length + breakers.length
  const height = top + lanes * laneHeight + axisHeight
  const width = labelWidth + layout.width + lastTimeWidth
  return [
    `<svg class="lanes" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-text">`,
    `<title id="${id}-title">Timeline of trial ${finding.firstTrial}</title>`,
    `<desc id="${id}-text">${layout.marks.length} entries on ${layout.lanes.length} lanes: ${escape(layout.lanes.join(', '))}. The table below holds them in words.</desc>`,
    ...drawStretches(layout, lanes),
    ...drawLanes(layout, width),
    ...drawBars(layout),
    ...drawBreakers(breakers, layout, layout.lanes.length),
    ...drawViolation(layout, finding.witness.at, lanes),
    ...layout.marks.map(drawMark),
    ...drawTimes(layout, lanes),
    '</svg>',
  ].join('\n')
}

function drawStretches({ stretches }: LaneLayout, lanes: number): string[] {
  return stretches.flatMap(({ fromX, toX, label }) => {
    const [from, to] = [labelWidth + fromX + 8, labelWidth + toX - 8]
    return [
      `<rect class="wait" x="${from}" y="${top - 4}" width="${Math.max(to - from, 1)}" height="${lanes * laneHeight + 4}"/>`,
      `<text class="note" x="${(from + to) / 2}" y="${top - 10}" text-anchor="middle">${escape(label)}</text>`,
    ]
  })
}

function drawLanes({ lanes }: LaneLayout, width: number): string[] {
  return lanes.flatMap((name, lane) => [
    `<text class="lane" x="0" y="${middle(lane) + 4}">${laneLabel(name)}</text>`,
    `<line class="lane" x1="${labelWidth}" x2="${width}" y1="${middle(lane)}" y2="${middle(lane)}"/>`,
  ])
}

function drawBars({ bars }: LaneLayout): string[] {
  return bars.map(
    ({ lane, fromX, toX, isWitness }) =>
      `<rect class="call${isWitness ? ' witness' : ''}" x="${labelWidth + fromX - 7}" y="${middle(lane) - 7}" width="${toX - fromX + 14}" height="14" rx="7"/>`,
  )
}

/** The violation became certain with the last entry that is not later. */
function drawViolation({ marks }: LaneLayout, violatedAtMs: number, lanes: number): string[] {
  const mark = marks.findLast(({ shown }) => shown.entry.at <= violatedAtMs)
  if (mark === undefined) return []
  const x = labelWidth + mark.x + 10
  return [
    `<line class="violation" x1="${x}" x2="${x}" y1="${top - 24}" y2="${top + lanes * laneHeight}"/>`,
    `<text class="certain" x="${x - 5}" y="${top - 28}" text-anchor="end">violation certain at ${escape(inSeconds(violatedAtMs))}</text>`,
  ]
}

function drawMark({ x: offset, lane, shown: { entry } }: Mark): string {
  const [x, y] = [labelWidth + offset, middle(lane)]
  const title = `<title>${escape(`${inSeconds(entry.at)}: ${entry.text}`)}</title>`
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

/** A time at every instant that leaves room for it. */
function drawTimes({ marks }: LaneLayout, lanes: number): string[] {
  const y = top + lanes * laneHeight + 16
  let free = 0
  let lastMs = -1
  return marks.flatMap(({ x, shown }) => {
    if (shown.entry.at === lastMs || x < free) return []
    lastMs = shown.entry.at
    free = x + timeWidth
    return [`<text class="note" x="${labelWidth + x - 6}" y="${y}">${escape(inSeconds(shown.entry.at))}</text>`]
  })
}
