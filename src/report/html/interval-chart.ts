import { percent } from '../../results/percent.ts'
import { escapeText, labelWidth, laneLabel } from './chart-geometry.ts'

/** One line of the chart: a share with its interval, and the levels that it is held against. */
export interface IntervalRow {
  readonly label: string
  readonly rate: number
  readonly interval: readonly [number, number]
  /** Declared values and objectives, 0 to 1. */
  readonly levels: readonly number[]
}

const plotWidth = 420
const valueWidth = 84
const top = 8
const rowHeight = 28
const axisHeight = 24

/**
 * Draws shares as points with their intervals and a mark at each level; empty where there is nothing to draw.
 *
 * The axis begins where the values do: between 94 and 96 % lies the whole matter. Whole pixels, so that equal measures
 * give equal bytes; the table beside it says the same in numbers.
 *
 * @param title what the shares are, for those who do not see the drawing
 * @param id unique in the page
 */
export function intervalChart(rows: readonly IntervalRow[], title: string, id: string): string {
  if (rows.length === 0) return ''
  const from = axisStart(rows)
  const x = (share: number) => labelWidth + Math.round(((share - from) / (1 - from)) * plotWidth)
  const height = top + rows.length * rowHeight + axisHeight
  const width = labelWidth + plotWidth + valueWidth
  return [
    `<svg class="lanes" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title">`,
    `<title id="${id}-title">${escapeText(title)}</title>`,
    ...drawAxis(from, x, rows.length),
    ...rows.flatMap((row, index) => drawRow(row, top + index * rowHeight + rowHeight / 2, x)),
    '</svg>',
  ].join('\n')
}

type Scale = (share: number) => number

/** The largest multiple of 5 % that leaves room on the left; at most 95 %. */
function axisStart(rows: readonly IntervalRow[]): number {
  const least = Math.min(...rows.flatMap(({ interval: [low], levels }) => [low, ...levels]))
  return Math.min(0.95, Math.max(0, Math.floor((least - 0.01) * 20) / 20))
}

function drawAxis(from: number, x: Scale, rows: number): string[] {
  const step = from >= 0.9 ? 0.01 : from >= 0.7 ? 0.05 : from >= 0.4 ? 0.1 : 0.2
  const bottom = top + rows * rowHeight
  const ticks = Array.from({ length: Math.floor((1 - from) / step + 1e-9) + 1 }, (_, index) => 1 - index * step)
  return ticks.flatMap((tick) => [
    `<line class="lane" x1="${x(tick)}" x2="${x(tick)}" y1="${top}" y2="${bottom}"/>`,
    `<text class="note" x="${x(tick)}" y="${bottom + 16}" text-anchor="middle">${Math.round(tick * 100)} %</text>`,
  ])
}

function drawRow({ label, rate, interval: [low, high], levels }: IntervalRow, y: number, x: Scale): string[] {
  return [
    `<text x="0" y="${y + 4}">${laneLabel(label)}</text>`,
    `<rect class="interval" x="${x(low)}" y="${y - 5}" width="${Math.max(x(high) - x(low), 2)}" height="10" rx="2"/>`,
    ...levels.map((level) => `<line class="level" x1="${x(level)}" x2="${x(level)}" y1="${y - 11}" y2="${y + 11}"/>`),
    `<circle class="event" cx="${x(rate)}" cy="${y}" r="4"/>`,
    `<text x="${labelWidth + plotWidth + 16}" y="${y + 4}">${percent(rate)}</text>`,
  ]
}
