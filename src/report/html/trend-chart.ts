import { escapeText } from './chart-geometry.ts'

/** One run of a drawing. */
export interface ChartPoint {
  readonly value: number
  /** Null where too few tasks back one: the band has a gap there. */
  readonly interval: readonly [number, number] | null
}

/** What is drawn. */
export interface TrendDrawing {
  /** In the order of the runs. */
  readonly points: readonly ChartPoint[]
  readonly level: number
  /** Where the axis may not go beyond; null for no such bound. */
  readonly bounds: readonly [low: number | null, high: number | null]
  /** This run's value and the level as they are written beside the axis. */
  readonly valueText: string
  readonly levelText: string
  /** What the first run is called below the axis; the last is this run. */
  readonly firstRun: string
  readonly title: string
  /** The course in words. */
  readonly description: string
}

const width = 360
const height = 132
const left = 8
const right = 280
const top = 12
const bottom = 104
const lineHeight = 14

type Scale = (value: number) => number

/**
 * Draws a figure over runs as a line with the band of its intervals, and its level as a dashed line.
 *
 * Runs stand at equal distances, whatever time lies between them. Whole pixels, so that equal runs give equal bytes; the
 * table beside it says the same in numbers.
 *
 * @param id unique in the page
 */
export function trendChart(drawing: TrendDrawing, id: string): string {
  const { points, level, title, description, firstRun } = drawing
  const [low, high] = axisOf(drawing)
  const y: Scale = (value) => bottom - Math.round(((value - low) / (high - low)) * (bottom - top))
  const x: Scale = (index) => left + Math.round((index / Math.max(1, points.length - 1)) * (right - left))
  const last = points.at(-1)
  return [
    `<svg class="trend" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeText(title)}</title>`,
    `<desc id="${id}-desc">${escapeText(description)}</desc>`,
    ...bands(points).map((band) => drawBand(band, x, y)),
    `<line class="level" x1="${left}" x2="${right}" y1="${y(level)}" y2="${y(level)}"/>`,
    `<polyline class="course" points="${points.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ')}"/>`,
    ...points.map(({ value }, index) => `<circle class="run" cx="${x(index)}" cy="${y(value)}" r="2"/>`),
    ...(last === undefined ? [] : [`<circle class="now" cx="${x(points.length - 1)}" cy="${y(last.value)}" r="4"/>`]),
    ...labels(drawing, y),
    `<text class="note" x="${left}" y="${bottom + 20}">${escapeText(firstRun)}</text>`,
    `<text class="note" x="${right}" y="${bottom + 20}" text-anchor="end">this run</text>`,
    '</svg>',
  ].join('\n')
}

/** From the lowest to the highest of what is drawn, with a tenth of room on both sides. */
function axisOf({ points, level, bounds: [least, most] }: TrendDrawing): readonly [number, number] {
  const values = [level, ...points.flatMap(({ value, interval }) => [value, ...(interval ?? [])])]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max((high - low) / 10, Math.abs(high) / 1_000, 0.000_5)
  return [Math.max(least ?? -Infinity, low - room), Math.min(most ?? Infinity, high + room)]
}

/** Runs of points that have an interval, as indices. */
function bands(points: readonly ChartPoint[]): { index: number; interval: readonly [number, number] }[][] {
  const found: { index: number; interval: readonly [number, number] }[][] = []
  for (const [index, { interval }] of points.entries()) {
    if (interval === null) continue
    const open = found.at(-1)
    if (open !== undefined && open.at(-1)?.index === index - 1) open.push({ index, interval })
    else found.push([{ index, interval }])
  }
  return found
}

function drawBand(
  band: readonly { readonly index: number; readonly interval: readonly [number, number] }[],
  x: Scale,
  y: Scale,
): string {
  const upper = band.map(({ index, interval: [, high] }) => `${x(index)},${y(high)}`)
  const lower = band.map(({ index, interval: [low] }) => `${x(index)},${y(low)}`)
  if (band.length === 1) {
    const [at, high] = (upper[0] ?? '').split(',')
    return `<line class="band" x1="${at}" x2="${at}" y1="${high}" y2="${lower[0]?.split(',')[1]}"/>`
  }
  return `<polygon class="band" points="${[...upper, ...lower.toReversed()].join(' ')}"/>`
}

/** The value of this run and the level, moved apart where they would cover each other. */
function labels({ points, level, valueText, levelText }: TrendDrawing, y: Scale): string[] {
  const [atValue, atLevel] = [y(points.at(-1)?.value ?? level), y(level)]
  const overlap = Math.max(0, lineHeight - Math.abs(atLevel - atValue))
  const up = Math.ceil(overlap / 2)
  const [forValue, forLevel] = atLevel >= atValue ? [atValue - up, atLevel + up] : [atValue + up, atLevel - up]
  return [
    `<text class="value" x="${right + 8}" y="${forValue + 4}">${escapeText(valueText)}</text>`,
    `<text class="note" x="${right + 8}" y="${forLevel + 4}">${escapeText(levelText)}</text>`,
  ]
}
