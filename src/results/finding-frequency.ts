import { grouped, quantity } from './quantity.ts'
import type { Finding, ScenarioResult } from './results-schema.ts'

/**
 * How often a search saw a finding: `412 of 2,000 trials`, or `1 of 12 trials that put it to the test (of 1,000 run)`.
 *
 * A trial in which the situation of the property never arose says nothing of how often it is violated.
 */
export function findingFrequency(
  { property, trials }: Pick<Finding, 'property' | 'trials'>,
  { search }: Pick<ScenarioResult, 'search'>,
): string {
  if (search === null) return quantity(trials, 'trial')
  const { judged, trials: run } = search.tally
  const tested = Object.hasOwn(judged, property) ? judged[property] : undefined
  // Results of earlier versions, or merged with such, do not know in how many trials it was put to the test.
  if (tested === undefined || tested < trials || tested >= run) return `${grouped(trials)} of ${quantity(run, 'trial')}`
  return `${grouped(trials)} of ${quantity(tested, 'trial')} that put it to the test (of ${grouped(run)} run)`
}
