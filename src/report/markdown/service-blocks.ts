import { serviceTables } from '../measure/service-tables.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

/** Budgets, dependencies and the like of a scenario, a table each. */
export function serviceBlocks({ scenario }: JudgedScenario): string[] {
  return serviceTables(scenario).map(({ title, columns, rows }) => {
    const table = markdownTable(
      columns.map((column) => ({ title: column })),
      rows.map(({ sign, word, cells }) => [`${sign} ${word}`, ...cells]),
    )
    return `**${title} of ${markdownText(scenario.name)}**\n\n${table}`
  })
}
