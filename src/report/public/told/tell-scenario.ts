import { propertyById } from '../../../properties/properties.ts'
import { incidentsOf } from '../../../results/incidents/incidents-of.ts'
import { quarantineSentence } from '../../../results/quarantine/quarantine-words.ts'
import type { PropertyResult, ScenarioResult } from '../../../results/results-schema.ts'
import { leftOut } from '../left-out.ts'
import { tellDeclaration, tellMeasure } from './tell-measure.ts'

/** Says anew what is said of a scenario, from what the public edition holds: no sentence of the full results comes through. */
export function tellScenario(scenario: ScenarioResult): ScenarioResult {
  const { search, measure } = scenario
  const told = {
    ...scenario,
    search: search && { ...search, properties: search.properties.map(tellProperty) },
    measure: measure && tellMeasure(measure),
    inForce: scenario.inForce.map(tellDeclaration),
  }
  return {
    ...told,
    incidents: scenario.incidents.length === 0 ? [] : incidentsOf(told),
    quarantine: told.quarantine.map((each) => {
      const { state, sentence: _, ...quarantine } = each
      return { ...each, sentence: quarantineSentence(quarantine, state, told) }
    }),
  }
}

/** Properties of Shakedown's own list have their names and statements from there. */
function tellProperty(property: PropertyResult): PropertyResult {
  const known = propertyById(property.id)
  return { ...property, name: known?.name ?? property.id, statement: known?.statement ?? leftOut }
}
