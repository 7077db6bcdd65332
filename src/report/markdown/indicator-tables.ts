import { indicatorRows, unsupportedClaimSentences } from '../measure/indicator-rows.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { folded } from './finding-block.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

/** The indicators of a scenario under each condition, with what is good, bad and excluded; none where nothing was measured. */
export function indicatorTable({ scenario: { name, measure } }: JudgedScenario): string[] {
  if (measure === null) return []
  const rows = indicatorRows(measure)
  if (rows.length === 0) return []
  const table = markdownTable(
    ['Condition', 'Indicator', 'Seen, with 95 % interval', 'Good', 'Bad', 'Excluded'].map((title) => ({ title })),
    rows.map((row) => [row.condition, row.indicator, row.seen, row.good, row.bad, row.excluded]),
  )
  const claims = unsupportedClaimSentences(measure).map((sentence) => `- ${markdownText(sentence)}.`)
  return [folded(`Service level indicators of ${name}`, [table, claims.join('\n')].filter(Boolean).join('\n\n'))]
}
