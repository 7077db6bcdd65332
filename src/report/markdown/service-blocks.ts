import { bySeverity } from '../../objectives/incidents/severity.ts'
import { incidentTable } from '../measure/incident-table.ts'
import { countPromises } from '../measure/promise.ts'
import type { ServiceRow, ServiceTable } from '../measure/service-table.ts'
import { operationTables } from '../measure/service-tables.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

/** What somebody would be called for in service, in all scenarios, the gravest first. */
export function incidentBlocks(judged: readonly JudgedScenario[]): string[] {
  const all = judged.flatMap(({ scenario }) =>
    scenario.incidents.map((incident) => ({ incident, scenario: scenario.name })),
  )
  if (all.length === 0) return []
  const sorted = all.toSorted((one, other) => bySeverity(one.incident.severity, other.incident.severity))
  const { columns, rows } = incidentTable(sorted.map(({ incident }) => incident))
  const placed = rows.map((row, index) => ({ ...row, cells: [...row.cells, sorted[index]?.scenario ?? ''] }))
  return [rowsOf({ columns: [...columns, 'Scenario'] }, placed)]
}

/** Budgets, dependencies and alerts of a scenario, a table each of what is not well; the rest is counted. */
export function serviceBlocks({ scenario }: JudgedScenario): string[] {
  return operationTables(scenario).map((table) => {
    const well = table.rows.filter(isWell)
    const others = table.rows.filter((row) => !isWell(row))
    const count = well.length === 0 ? [] : [`${countPromises(well)}; index.html has the table.`]
    const parts = [...(others.length === 0 ? [] : [rowsOf(table, others)]), ...count]
    return `**${table.title} of ${markdownText(scenario.name)}**\n\n${parts.join('\n\n')}`
  })
}

function rowsOf({ columns }: Pick<ServiceTable, 'columns'>, rows: readonly ServiceRow[]): string {
  return markdownTable(
    columns.map((column) => ({ title: column })),
    rows.map(({ sign, word, cells }) => [`${sign} ${word}`, ...cells]),
  )
}

function isWell({ tone }: ServiceRow): boolean {
  return tone === 'good' || tone === 'none'
}
