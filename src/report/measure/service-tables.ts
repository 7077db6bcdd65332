import type { Incident } from '../../results/incidents/incident-schema.ts'
import type { MeasureResult } from '../../results/measure-schema.ts'
import type { ScenarioResult } from '../../results/results-schema.ts'
import { callWords } from '../call-words.ts'
import { alertTable } from './alert-table.ts'
import { budgetTable } from './budget-table.ts'
import { dependencyTable } from './dependency-table.ts'
import { incidentTable } from './incident-table.ts'
import type { ServiceTable } from './service-table.ts'

/** What the operators of an agent want to know of a scenario, table by table; only those with rows. */
export function serviceTables(scenario: ScenarioResult): ServiceTable[] {
  const incidents = incidentTable(scenario.incidents)
  return [...(incidents.rows.length === 0 ? [] : [incidents]), ...operationTables(scenario)]
}

/** The same without the incidents: budgets, dependencies and alerts. */
export function operationTables({ measure }: Pick<ScenarioResult, 'measure'>): ServiceTable[] {
  return (measure === null ? [] : measureTables(measure)).filter(({ rows }) => rows.length > 0)
}

function measureTables({ budgets, dependencies, alerts }: MeasureResult): ServiceTable[] {
  return [budgetTable(budgets), dependencyTable(dependencies), alertTable(alerts)]
}

/** The same for a terminal: what is not well in a sentence each, and the rest counted. */
export function serviceLines(scenario: ScenarioResult): string[] {
  const { measure, incidents } = scenario
  const tables = (measure === null ? [] : measureTables(measure)).filter(({ rows }) => rows.length > 0)
  const lines = tables.flatMap(({ title, rows }) => {
    const quiet = rows.filter(({ sentence }) => sentence === '')
    const counts = [...Map.groupBy(quiet, ({ word }) => word)].map(([word, of]) => `${of.length} ${word}`)
    return [
      ...rows.flatMap(({ sentence }) => (sentence === '' ? [] : [sentence])),
      ...(counts.length === 0 ? [] : [`${title.toLowerCase()}: ${counts.join(', ')}`]),
    ]
  })
  return [...incidentLines(incidents), ...lines]
}

/** The incidents counted by severity, with who would be called. */
function incidentLines(incidents: readonly Incident[]): string[] {
  const bySeverity = Map.groupBy(incidents, ({ severity }) => severity)
  return [...bySeverity].flatMap(([severity, of]) =>
    of.slice(0, 1).map((first) => {
      const which = of.length === 1 ? 'which' : 'each of which'
      return `incidents: ${of.length} ${severity}, ${which} ${callWords(first)}`
    }),
  )
}
