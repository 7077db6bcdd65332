import { grouped, quantity } from '../results/quantity.ts'
import type { ScenarioResult } from '../results/results-schema.ts'

/** How many trials a search made, and of how many where it was cut short: a first look must not pass for a gate. */
export function trialsRun({ declaredTrials, tally }: NonNullable<ScenarioResult['search']>): string {
  const { trials } = tally
  if (trials >= declaredTrials) return quantity(trials, 'trial')
  return `${grouped(trials)} of the ${quantity(declaredTrials, 'trial')} that the scenario asks for`
}
