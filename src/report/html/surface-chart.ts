import { exactPercent, percent, percentRange } from '../../results/percent.ts'
import type { SurfaceCellResult, SurfaceResult } from '../../results/surface-schema.ts'
import { escapeText, labelWidth } from './chart-geometry.ts'

const cellWidth = 92
const cellHeight = 34
const top = 26

/** Chances below which a cell has the class of that place; a chance below none of them is the calmest. */
const levels = [0.5, 0.75, 0.9, 0.99] as const

/**
 * Draws how reliability falls: wordings of the tasks down, intensities of faults across, the chance in each cell, and a
 * colour that only helps. The table beside it has the intervals. Empty where there is no surface.
 *
 * @param id unique in the page
 */
export function surfaceChart(surface: SurfaceResult | null, title: string, id: string): string {
  if (surface === null) return ''
  const shares = [...new Set(surface.cells.map(({ paraphrased }) => paraphrased))]
  const intensities = [...new Set(surface.cells.map(({ intensity }) => intensity))]
  const [width, height] = [labelWidth + intensities.length * cellWidth, top + shares.length * cellHeight]
  return [
    `<svg class="lanes surface" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-text">`,
    `<title id="${id}-title">${escapeText(title)}</title>`,
    `<desc id="${id}-text">${escapeText(extremes(surface))} The table below has the numbers.</desc>`,
    ...intensities.map(
      (intensity, column) =>
        `<text class="note" x="${labelWidth + column * cellWidth + cellWidth / 2}" y="${top - 9}" text-anchor="middle">${intensity === 0 ? 'no faults' : `faults ${exactPercent(intensity)}`}</text>`,
    ),
    ...shares.flatMap((share, row) => [
      `<text x="0" y="${top + row * cellHeight + 21}">${share === 0 ? 'as written' : `${exactPercent(share)} paraphrased`}</text>`,
      ...intensities.map((intensity, column) =>
        drawCell(
          surface.cells.find((cell) => cell.paraphrased === share && cell.intensity === intensity),
          labelWidth + column * cellWidth,
          top + row * cellHeight,
        ),
      ),
    ]),
    '</svg>',
  ].join('\n')
}

function drawCell(cell: SurfaceCellResult | undefined, x: number, y: number): string {
  const box = `x="${x + 1}" y="${y + 1}" width="${cellWidth - 2}" height="${cellHeight - 2}" rx="3"`
  const label = (text: string) =>
    `<text x="${x + cellWidth / 2}" y="${y + cellHeight / 2 + 4}" text-anchor="middle">${text}</text>`
  const reliability = cell?.reliability ?? null
  if (reliability === null) return `<g class="surface-none"><rect ${box}/>${label('too few')}</g>`
  const { value, interval } = reliability
  const level = levels.filter((each) => value >= each).length
  const told = `${percent(value)}, 95 % interval ${percentRange(interval)}`
  return `<g class="surface-${level}"><title>${escapeText(told)}</title><rect ${box}/>${label(percent(value))}</g>`
}

function extremes({ cells }: SurfaceResult): string {
  const known = cells.flatMap(({ reliability }) => (reliability === null ? [] : [reliability.value]))
  if (known.length === 0) return 'Too few repeats everywhere.'
  return `From ${percent(Math.max(...known))} down to ${percent(Math.min(...known))}.`
}
