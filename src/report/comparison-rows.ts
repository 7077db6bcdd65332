import type { ComparedCell, Comparison } from '../results/comparison/comparison-schema.ts'
import { quantity } from '../results/quantity.ts'
import { cellPlace, chanceText, differenceText, rateOfSide } from '../results/comparison/comparison-words.ts'

/** One compared rate as a row of a table. */
export interface ComparisonRow {
  readonly scenario: string
  /** What became of the rate, without its notes. */
  readonly outcome: ComparedCell['verdict']
  readonly verdict: string
  readonly cells: readonly string[]
}

/** What the columns of {@link comparisonRows} are called. */
export const comparisonColumns = ['Task success', 'Baseline', 'Now', 'Difference', 'Better / worse', 'p'] as const

/** The rates of a comparison; single tasks only where they changed, because most say nothing. */
export function comparisonRows({ cells }: Comparison): ComparisonRow[] {
  const shown = cells.filter(({ task, verdict }) => task === null || verdict === 'regressed' || verdict === 'improved')
  return shown.map((cell) => ({
    ...{ scenario: cell.scenario, outcome: cell.verdict },
    ...{ verdict: verdictText(cell), cells: cellTexts(cell) },
  }))
}

function verdictText({ verdict, isIdentical, isGating, task, unit, observations }: ComparedCell): string {
  const notes = [
    ...(unit === 'task' ? [`over ${quantity(observations, 'task')}`] : []),
    ...(isIdentical ? ['the same traces'] : []),
    ...(!isGating && (task === null || verdict === 'regressed') ? ['in quarantine'] : []),
  ]
  return notes.length === 0 ? verdict : `${verdict} (${notes.join(', ')})`
}

function cellTexts(cell: ComparedCell): string[] {
  const { baseline, current, better, worse, adjustedP } = cell
  return [
    cellPlace(cell),
    rateOfSide(baseline),
    rateOfSide(current),
    differenceText(cell),
    better === null || worse === null ? 'not paired' : `${better} / ${worse}`,
    adjustedP === null ? '' : chanceText(adjustedP),
  ]
}
