import { inSeconds } from '../../properties/virtual-time.ts'
import type { BreakerLane } from '../../results/breaker-lane-schema.ts'
import { type BreakerLayout, breakerLayout } from './breaker-layout.ts'
import { escapeText, laneLabel, middle } from './chart-geometry.ts'
import type { LaneLayout } from './lane-layout.ts'

const stateClasses: Readonly<Record<BreakerLane['spans'][number]['state'], string>> = {
  closed: '',
  open: 'breaker-open',
  'half-open': 'breaker-half-open',
  undecided: 'breaker-undecided',
}

/** Pixels below which a span does not hold its name. */
const namedFromPixels = 64

/**
 * Draws declared breakers as lanes below those of a timeline: the spans in which each should be open or half-open, the
 * outcome of each request, and the calls that the agent refused. Shapes tell outcomes apart, colours only help.
 *
 * @param firstLane the lane of the first breaker, counted from the top of the chart
 * @param left pixels left of the lanes
 */
export function drawBreakers(
  breakers: readonly BreakerLane[],
  layout: LaneLayout,
  firstLane: number,
  left: number,
): string[] {
  return breakers.flatMap((breaker, index) =>
    drawBreaker(breakerLayout(breaker, layout), middle(firstLane + index), layout.width, left),
  )
}

function drawBreaker(
  { name, spans, requests, refusals }: BreakerLayout,
  y: number,
  width: number,
  left: number,
): string[] {
  return [
    `<text class="lane" x="0" y="${y + 4}">${laneLabel(name)}</text>`,
    `<line class="lane" x1="${left}" x2="${left + width}" y1="${y}" y2="${y}"/>`,
    ...spans.flatMap((each) => drawSpan(each, y, left)),
    ...requests.flatMap((each) => drawRequest(each, y, left)),
    ...refusals.map((each) => drawRefusal(each, y, left)),
  ]
}

function drawSpan({ fromX, toX, span }: BreakerLayout['spans'][number], y: number, left: number): string[] {
  const { state, from, to } = span
  if (state === 'closed') return []
  const [x, width] = [left + fromX, Math.max(toX - fromX, 3)]
  const title = `${inSeconds(from)} to ${inSeconds(to)}: ${state}`
  const label = `<text class="note" x="${x + 5}" y="${y - 3}">${state}</text>`
  return [
    `<rect class="${stateClasses[state]}" x="${x}" y="${y - 13}" width="${width}" height="26"><title>${escapeText(title)}</title></rect>`,
    ...(width >= namedFromPixels ? [label] : []),
  ]
}

/** A tick where it was sent, a line while it was under way, and the shape of its outcome where it ended. */
function drawRequest({ fromX, toX, request }: BreakerLayout['requests'][number], y: number, left: number): string[] {
  const [x1, x2] = [left + fromX, left + (toX ?? fromX)]
  const line = y + 7
  const title = escapeText(`call ${request.call}, sent at ${inSeconds(request.at)}: ${request.class ?? 'never ended'}`)
  return [
    `<path class="request" d="M${x1} ${line - 5}V${line + 5}M${x1} ${line}H${x2}"/>`,
    ...(request.class === null ? [] : [drawOutcome(request.class, x2, line, title)]),
  ]
}

function drawOutcome(
  outcome: NonNullable<BreakerLane['requests'][number]['class']>,
  x: number,
  y: number,
  title: string,
): string {
  const inside = `<title>${title}</title>`
  switch (outcome) {
    case 'success':
      return `<circle class="outcome-success" cx="${x}" cy="${y}" r="4">${inside}</circle>`
    case 'failure':
      return `<path class="outcome-failure" d="M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}">${inside}</path>`
    case 'neutral':
      return `<circle class="outcome-neutral" cx="${x}" cy="${y}" r="4">${inside}</circle>`
    case 'indeterminate':
      return `<path class="outcome-indeterminate" d="M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z">${inside}</path>`
  }
}

function drawRefusal({ x: offset, refusal }: BreakerLayout['refusals'][number], y: number, left: number): string {
  const [x, line] = [left + offset, y + 7]
  const when = refusal.isClaimed ? `at ${inSeconds(refusal.to)}` : `by ${inSeconds(refusal.to)}, as the trace suggests`
  return `<path class="refusal" d="M${x - 5} ${line}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M${x - 4} ${line + 4}L${x + 4} ${line - 4}"><title>${escapeText(`refused by the agent ${when}`)}</title></path>`
}
