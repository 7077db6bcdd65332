import type { Comparison } from '../../results/comparison/comparison-schema.ts'
import {
  allowanceRemedy,
  comparisonBasis,
  comparisonSummary,
  meanSentence,
} from '../../results/comparison/comparison-words.ts'
import { comparisonColumns, comparisonRows } from '../comparison-rows.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

/** A comparison with a baseline: what it came to, on what that rests, and its rates. */
export function comparisonBlock(comparison: Comparison): string {
  const rows = comparisonRows(comparison).map(({ verdict, scenario, cells }) => [verdict, scenario, ...cells])
  const columns = ['Verdict', 'Scenario', ...comparisonColumns].map((title) => ({ title }))
  const refused = comparison.refusals.map(({ scenario, sentence }) => `${scenario}: ${sentence}`)
  const remarks = [
    ...refused,
    ...(refused.length === 0 ? [] : [`nothing was compared: ${allowanceRemedy(comparison)}`]),
    ...comparison.allowed.map(({ scenario, sentence }) => `allowed: ${scenario}: ${sentence}`),
    ...comparison.uncompared,
    ...comparison.means
      .filter(({ difference }) => difference !== 0)
      .map((mean) => `${mean.scenario}: ${meanSentence(mean)}`),
  ]
  return [
    `**${markdownText(comparisonSummary(comparison))}**`,
    ...(refused.length === 0 ? [markdownText(comparisonBasis(comparison))] : []),
    ...(rows.length === 0 ? [] : [markdownTable(columns, rows)]),
    ...(remarks.length === 0 ? [] : [remarks.map((remark) => `- ${markdownText(remark)}`).join('\n')]),
  ].join('\n\n')
}
