import { grouped, quantity } from '../../results/quantity.ts'
import { propertyFamily } from '../property-family.ts'
import { escapeText, labelWidth, laneLabel } from './chart-geometry.ts'
import { type HeatCell, cellSentence } from './heat-cell.ts'

/** What a heat map draws: families down, properties across. */
export interface HeatMap {
  readonly families: readonly string[]
  readonly ids: readonly string[]
  /** How many of the first properties are violated: their columns are wide enough for counts. */
  readonly violated: number
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
const letterWidth = 7
/** Left of a count, for its cross. */
const crossWidth = 26

/** Shares of violated trials up to which a cell is so dark; more than the last is the darkest. */
const heats = [0.01, 0.1, 0.5] as const

interface Column {
  readonly id: string
  readonly left: number
  readonly width: number
}

/**
 * Draws the map. A framed cross says that a family is part of a smallest cause, a number alone that it only struck too,
 * and a dot that the property was kept, so that nobody needs the colours; the darker a cross, the larger the share of
 * its trials that violated the property. The table beside it has the numbers.
 */
export function heatChart(map: HeatMap): string {
  const { families, ids, cells } = map
  const labels = Math.min(labelWidth, Math.max(0, ...families.map((family) => [...family].length)) * letterWidth + gap)
  const columns = columnsOf(map, labels)
  const last = columns.at(-1)
  const width = (last === undefined ? labels : last.left + last.width) + 2
  const height = top + families.length * cellHeight + 4
  return [
    `<svg class="lanes heat" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="heat-title heat-text">`,
    '<title id="heat-title">Fault families by properties</title>',
    `<desc id="heat-text">${quantity(families.length, 'family', 'families')} by ${quantity(ids.length, 'property', 'properties')}: ${escapeText(violationsIn(map))}. The table below has the numbers.</desc>`,
    ...columns.map(
      ({ id, left, width: wide }) =>
        `<text class="note" x="${left + wide / 2}" y="${top - 9}" text-anchor="middle">${escapeText(shortened(id))}</text>`,
    ),
    ...families.flatMap((family, row) => [
      `<text x="0" y="${top + row * cellHeight + 16}">${laneLabel(family)}</text>`,
      ...columns.map((column, index) => drawCell(cells[row]?.[index] ?? null, family, column, top + row * cellHeight)),
    ]),
    '</svg>',
  ].join('\n')
}

function columnsOf({ ids, violated, cells }: HeatMap, labels: number): Column[] {
  const most = Math.max(0, ...cells.flatMap((row) => row.map((cell) => grouped(cell?.violated ?? 0).length)))
  let left = labels
  return ids.map((id, index) => {
    const before = ids[index - 1]
    const isApart =
      before !== undefined && (index === violated || propertyFamily(before).key !== propertyFamily(id).key)
    if (isApart) left += gap
    const column = { id, left, width: index < violated ? crossWidth + most * letterWidth : cellWidth }
    left += column.width
    return column
  })
}

function shortened(id: string): string {
  const letters = [...id]
  return letters.length > idLetters ? `${letters.slice(0, idLetters - 1).join('')}…` : id
}

function drawCell(cell: HeatCell | null, family: string, { id, left, width }: Column, y: number): string {
  const box = `x="${left + 1}" y="${y + 1}" width="${width - 2}" height="${cellHeight - 2}" rx="2"`
  if (cell === null) return `<rect class="heat-none" ${box}/>`
  const title = `<title>${escapeText(cellSentence(cell, `${id} where ${family} struck`))}</title>`
  const [middle, line] = [left + width / 2, y + cellHeight / 2]
  if (cell.violated === 0)
    return `<g class="heat-kept">${title}<rect ${box}/><circle cx="${middle}" cy="${line}" r="2"/></g>`
  const count = (x: number) => `<text x="${x}" y="${line + 4}" text-anchor="middle">${grouped(cell.violated)}</text>`
  if (cell.role === 'bystander') return `<g class="heat-bystander">${title}<rect ${box}/>${count(middle)}</g>`
  const heat = heats.filter((most) => cell.violated / cell.judged > most).length + 1
  const x = left + 12
  const cross = `<path d="M${x - 4} ${line - 4}L${x + 4} ${line + 4}M${x + 4} ${line - 4}L${x - 4} ${line + 4}"/>`
  const look = `heat-${heat}${cell.role === 'cause' ? ' cause' : ''}`
  return `<g class="${look}">${title}<rect ${box}/>${cross}${count(middle + 6)}</g>`
}

function violationsIn({ families, ids, cells }: HeatMap): string {
  const hot = families.flatMap((family, row) =>
    ids.flatMap((id, column) => {
      const cell = cells[row]?.[column] ?? null
      return cell === null || cell.violated === 0 || cell.role === 'bystander' ? [] : [`${id} under ${family}`]
    }),
  )
  return hot.length === 0
    ? 'no violation is put down to a family'
    : `violated ${hot.slice(0, 10).join(', ')}${hot.length > 10 ? ' and more' : ''}`
}
