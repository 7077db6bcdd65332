import { exactPercent, percent, percentRange } from '../../results/percent.ts'
import { quantity } from '../../results/quantity.ts'
import type { SurfaceCellResult, SurfaceResult } from '../../results/surface-schema.ts'

/** A surface as a table: shares of paraphrased tasks down, intensities of faults across. */
export interface SurfaceTable {
  /** What the cells say, as a phrase. */
  readonly title: string
  /** `faults at 5 %`. */
  readonly columns: readonly string[]
  /** `50 % paraphrased`, with a cell for each column: `93.10 % (88.02 to 96.21 %)`. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[]
}

/** Puts a surface into words; none where the measure has none. */
export function surfaceTable(surface: SurfaceResult | null): SurfaceTable[] {
  if (surface === null) return []
  const { repeats, cells } = surface
  const shares = [...new Set(cells.map(({ paraphrased }) => paraphrased))]
  const intensities = [...new Set(cells.map(({ intensity }) => intensity))]
  return [
    {
      title: `reliability: the chance that ${repeats === 1 ? 'a task is' : `all of ${repeats} repeats of a task are`} solved`,
      columns: intensities.map((intensity) => (intensity === 0 ? 'no faults' : `faults at ${exactPercent(intensity)}`)),
      rows: shares.map((share) => ({
        name: share === 0 ? 'as written' : `${exactPercent(share)} paraphrased`,
        cells: intensities.map((intensity) =>
          cellText(cells.find((cell) => cell.paraphrased === share && cell.intensity === intensity)),
        ),
      })),
    },
  ]
}

/** The same as lines: one for each share of paraphrased tasks. */
export function surfaceLines(surface: SurfaceResult | null): string[] {
  return surfaceTable(surface).flatMap(({ title, columns, rows }) => [
    `${title}, by wording of the tasks and intensity of faults, with intervals at 95 % for tasks like these:`,
    ...rows.map(({ name, cells }) => `${name}: ${cells.map((cell, index) => `${columns[index]} ${cell}`).join('; ')}`),
  ])
}

function cellText(cell: SurfaceCellResult | undefined): string {
  if (cell === undefined || cell.reliability === null) return 'too few repeats'
  const { value, interval } = cell.reliability
  const without = cell.leftOut === 0 ? '' : `, without ${quantity(cell.leftOut, 'task')} of fewer repeats`
  return `${percent(value)} (${percentRange(interval)})${without}`
}
