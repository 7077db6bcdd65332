import type { Comparison } from '../../results/comparison/comparison-schema.ts'
import {
  allowanceRemedy,
  comparisonBasis,
  comparisonSummary,
  meanSentence,
} from '../../results/comparison/comparison-words.ts'
import type { Status } from '../../results/results-schema.ts'
import { comparisonColumns, comparisonRows } from '../comparison-rows.ts'
import { inertLines } from '../inert-lines.ts'
import { visibleLine } from '../visible-text.ts'
import { painter } from './paint.ts'
import type { TerminalOptions } from './terminal-options.ts'
import { wrapText } from './wrap-text.ts'

const looks: Readonly<Record<Comparison['status'], Status>> = {
  unchanged: 'pass',
  improved: 'pass',
  regressed: 'fail',
  undecided: 'inconclusive',
  refused: 'inconclusive',
}

/** Renders a comparison as text: what it came to, on what that rests, and a table for each scenario. */
export function renderComparison(comparison: Comparison, { colour, columns }: TerminalOptions): string {
  const paint = painter(colour)
  const wrapped = (text: string): string[] => wrapText(visibleLine(text), '  ', columns)
  const lines = [
    paint(looks[comparison.status], visibleLine(comparisonSummary(comparison))),
    ...(comparison.status === 'refused' ? refusalLines(comparison) : [comparisonBasis(comparison)]).flatMap(wrapped),
    ...comparison.allowed.map(({ scenario, sentence }) => `allowed: ${scenario}: ${sentence}`).flatMap(wrapped),
    ...comparison.uncompared.map((sentence) => `${sentence}.`).flatMap(wrapped),
    ...tableLines(comparison),
    ...comparison.means
      .filter(({ difference }) => difference !== 0)
      .flatMap((mean) => wrapped(`${mean.scenario}: ${meanSentence(mean)}`)),
  ]
  return inertLines(`${lines.join('\n')}\n`)
}

function refusalLines(comparison: Comparison): string[] {
  const told = comparison.refusals.map(({ scenario, sentence }) => `${scenario}: ${sentence}.`)
  return [...told, `Nothing was compared: ${allowanceRemedy(comparison)}.`]
}

function tableLines(comparison: Comparison): string[] {
  const rows = comparisonRows(comparison)
  if (rows.length === 0) return []
  const table = [['', ...comparisonColumns], ...rows.map(({ verdict, cells }) => [verdict, ...cells.map(visibleLine)])]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  const drawn = table.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
  const [header = '', ...body] = drawn
  const scenarios = rows.map(({ scenario }) => scenario)
  const grouped = body.flatMap((line, index) =>
    scenarios[index] === scenarios[index - 1] ? [line] : ['', visibleLine(scenarios[index] ?? ''), header, line],
  )
  return [...grouped, '']
}
