import { inSeconds } from '../../properties/virtual-time.ts'
import type { Finding } from '../../results/results-schema.ts'
import { escapeText, laneLabel, middle } from './chart-geometry.ts'
import { type LaneLayout, placeOf } from './lane-layout.ts'

type Span = Finding['witness']['spans'][number]

/** Pixels that a letter of a label takes, about. */
const letterWidth = 6.2
const inset = 6

/**
 * Draws what a violation rests on, e.g. the wait that a server asked for, as a lane for each below those of the calls.
 *
 * @param firstLane the lane of the first, counted from the top of the chart
 * @param left pixels left of the lanes
 */
export function drawSpans(spans: readonly Span[], layout: LaneLayout, firstLane: number, left: number): string[] {
  return spans.flatMap((span, index) => drawSpan(span, layout, middle(firstLane + index), left))
}

/** A span in words: `0.600 s to 103.253 s: no attempt allowed`. */
export function spanWords({ from, to, words }: Span): string {
  return `${to === null ? `from ${inSeconds(from)} on` : `${inSeconds(from)} to ${inSeconds(to)}`}: ${words}`
}

function drawSpan(span: Span, layout: LaneLayout, y: number, left: number): string[] {
  const { from, to, words } = span
  const fromX = left + placeOf(from, layout)
  const toX = left + (to === null ? layout.width : placeOf(to, layout))
  const width = Math.max(toX - fromX, 3)
  const label = to === null ? `from ${inSeconds(from)} on` : `until ${inSeconds(to)}`
  const isInside = label.length * letterWidth + 2 * inset <= width
  const text = `<text class="note" x="${isInside ? toX - inset : fromX - inset}" y="${y + 4}" text-anchor="end">${escapeText(label)}</text>`
  return [
    `<text class="lane" x="0" y="${y + 4}">${laneLabel(words)}</text>`,
    `<rect class="span" x="${fromX}" y="${y - 11}" width="${width}" height="22"><title>${escapeText(spanWords(span))}</title></rect>`,
    text,
  ]
}
