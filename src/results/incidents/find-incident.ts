import type { Finding, ScenarioResult } from '../results-schema.ts'
import type { Incident } from './incident-schema.ts'

/** The incident of a scenario that is about something; undefined where that is none, or the results are of an earlier version. */
export function findIncident(
  { incidents }: Pick<ScenarioResult, 'incidents'>,
  wanted: Pick<Incident, 'source' | 'about'>,
): Incident | undefined {
  return incidents.find(({ source, about }) => source === wanted.source && about === wanted.about)
}

/** The incident that a finding would be in service. */
export function incidentOfFinding(
  { property }: Pick<Finding, 'property'>,
  scenario: Pick<ScenarioResult, 'incidents'>,
): Incident | undefined {
  return findIncident(scenario, { source: 'finding', about: property })
}
