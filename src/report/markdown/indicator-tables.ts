import { quantity } from '../../results/quantity.ts'
import { indicatorRows, unsupportedClaimSentences } from '../measure/indicator-rows.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { folded } from './finding-block.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

/** The indicators of a scenario with what is good, bad and excluded: those that count something bad, and the rest counted. */
export function indicatorTable({ scenario: { name, measure } }: JudgedScenario): string[] {
  if (measure === null) return []
  const rows = indicatorRows(measure)
  if (rows.length === 0) return []
  const bad = rows.filter((row) => row.bad !== '')
  const columns = ['Condition', 'Indicator', 'Seen, with 95 % interval', 'Good', 'Bad', 'Excluded']
  const table = markdownTable(
    columns.map((title) => ({ title })),
    bad.map((row) => [row.condition, row.indicator, row.seen, row.good, row.bad, row.excluded]),
  )
  const others = rows.length - bad.length
  const rest = others === 0 ? '' : `${quantity(others, 'row')} without anything bad: index.html has them.`
  const claims = unsupportedClaimSentences(measure).map((sentence) => `- ${markdownText(sentence)}.`)
  const parts = [bad.length === 0 ? '' : table, rest, claims.join('\n')]
  return [folded(`Service level indicators of ${name}`, parts.filter(Boolean).join('\n\n'))]
}
