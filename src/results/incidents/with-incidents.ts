import type { ScenarioResult } from '../results-schema.ts'
import { incidentsOf } from './incidents-of.ts'

/** A scenario's results with the incidents that follow from all the rest of them. */
export function withIncidents(scenario: ScenarioResult): ScenarioResult {
  return { ...scenario, incidents: incidentsOf(scenario) }
}
