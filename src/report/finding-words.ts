import { grouped, quantity } from '../results/quantity.ts'
import type { Finding, ScenarioResult } from '../results/results-schema.ts'

/** How often a search saw a finding: `412 of 2,000 trials`. */
export function findingFrequency({ trials }: Finding, { search }: ScenarioResult): string {
  return search === null ? quantity(trials, 'trial') : `${grouped(trials)} of ${quantity(search.tally.trials, 'trial')}`
}

/** Introduces the smallest plan of a finding; it ends in a colon where faults are to be listed. */
export function planIntro({ plan }: Finding): string {
  const { length } = plan.faults
  if (length === 0) return 'It happens without any fault.'
  return length === 1 ? 'One fault is enough:' : `These ${length} faults together are enough:`
}
