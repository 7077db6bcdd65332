import { percent } from '../../results/percent.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import { propertyFamily } from '../property-family.ts'
import { escapeText, labelWidth, laneLabel } from './chart-geometry.ts'

/** Trials in which a family struck and a property was put to the test, and those of them that violated it. */
export interface HeatCell {
  readonly judged: number
  readonly violated: number
}

/** What a heat map draws: families down, properties across. */
export interface HeatMap {
  readonly families: readonly string[]
  readonly ids: readonly string[]
  /** By family, then by property; null where it was never put to the test. */
  readonly cells: readonly (readonly (HeatCell | null)[])[]
}

const cellWidth = 30
const cellHeight = 24
/** Between properties of different families. */
const gap = 8
const top = 26
/** Letters of an ID that fit above a column. */
const idLetters = 4

/** Shares of violated trials up to which a cell is so dark; more than the last is the darkest. */
const heats = [0.01, 0.1, 0.5] as const

/**
 * Draws the map. A cross says violated and a dot says kept, so that nobody needs the colours; the darker a cell, the
 * larger the share of its trials that violated the property. The table beside it has the numbers.
 */
export function heatChart({ families, ids, cells }: HeatMap): string {
  const lefts = columnLefts(ids)
  const width = (lefts.at(-1) ?? labelWidth) + cellWidth + 2
  const height = top + families.length * cellHeight + 4
  return [
    `<svg class="lanes heat" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="heat-title heat-text">`,
    '<title id="heat-title">Fault families by properties</title>',
    `<desc id="heat-text">${quantity(families.length, 'family', 'families')} by ${quantity(ids.length, 'property', 'properties')}: ${escapeText(violationsIn({ families, ids, cells }))}. The table below has the numbers.</desc>`,
    ...ids.map(
      (id, column) =>
        `<text class="note" x="${middleOf(lefts, column)}" y="${top - 9}" text-anchor="middle">${escapeText(shortened(id))}</text>`,
    ),
    ...families.flatMap((family, row) => [
      `<text x="0" y="${top + row * cellHeight + 16}">${laneLabel(family)}</text>`,
      ...(cells[row] ?? []).map((cell, column) =>
        drawCell(cell, `${ids[column]} where ${family} struck`, lefts[column] ?? 0, top + row * cellHeight),
      ),
    ]),
    '</svg>',
  ].join('\n')
}

function columnLefts(ids: readonly string[]): number[] {
  let left = labelWidth
  return ids.map((id, index) => {
    const before = ids[index - 1]
    if (before !== undefined) left += cellWidth
    if (before !== undefined && propertyFamily(before).key !== propertyFamily(id).key) left += gap
    return left
  })
}

function middleOf(lefts: readonly number[], column: number): number {
  return (lefts[column] ?? 0) + cellWidth / 2
}

function shortened(id: string): string {
  const letters = [...id]
  return letters.length > idLetters ? `${letters.slice(0, idLetters - 1).join('')}…` : id
}

function drawCell(cell: HeatCell | null, what: string, left: number, y: number): string {
  const box = `x="${left + 1}" y="${y + 1}" width="${cellWidth - 2}" height="${cellHeight - 2}" rx="2"`
  const [x, line] = [left + cellWidth / 2, y + cellHeight / 2]
  if (cell === null) return `<rect class="heat-none" ${box}/>`
  const { judged, violated } = cell
  if (violated === 0)
    return `<g class="heat-kept"><title>${escapeText(`${what}: kept in ${quantity(judged, 'trial')}`)}</title><rect ${box}/><circle cx="${x}" cy="${line}" r="2"/></g>`
  const share = violated / judged
  const heat = heats.filter((most) => share > most).length + 1
  const told = `${what}: violated in ${grouped(violated)} of ${quantity(judged, 'trial')} (${percent(share)})`
  return `<g class="heat-${heat}"><title>${escapeText(told)}</title><rect ${box}/><path d="M${x - 4} ${line - 4}L${x + 4} ${line + 4}M${x + 4} ${line - 4}L${x - 4} ${line + 4}"/></g>`
}

function violationsIn({ families, ids, cells }: HeatMap): string {
  const hot = families.flatMap((family, row) =>
    ids.flatMap((id, column) => ((cells[row]?.[column]?.violated ?? 0) > 0 ? [`${id} under ${family}`] : [])),
  )
  return hot.length === 0
    ? 'nothing is violated'
    : `violated ${hot.slice(0, 10).join(', ')}${hot.length > 10 ? ' and more' : ''}`
}
