import { quantity } from '../results/quantity.ts'
import type { ScenarioResult } from '../results/results-schema.ts'

/** Problems named for each scenario; the report holds more, and results.json all. */
const shownProblems = 5

/** What a reader must know of a scenario besides its findings. */
export function scenarioRemarks({ faultFree, search, unusedAcceptances }: ScenarioResult): string[] {
  const properties = search?.properties ?? []
  const vacuous = properties.filter(({ verdict }) => verdict === 'vacuous').map(({ id }) => id)
  const idle = (search?.families ?? []).filter(({ delivered }) => delivered === 0).map(({ family }) => family)
  const outside = search?.tally.outside ?? []
  const problems = search?.tally.problems ?? []
  return [
    ...problems.slice(0, shownProblems).map(({ kind, trial, sentence }) => `${kind} at trial ${trial}: ${sentence}`),
    ...(problems.length > shownProblems ? [`${problems.length - shownProblems} more such problems`] : []),
    ...faultFree.failures.map((failure) => `without any fault: ${failure}`),
    ...(vacuous.length > 0 ? [`vacuous, never put to the test: ${vacuous.join(', ')}`] : []),
    ...(idle.length > 0 ? [`faults that never struck: ${idle.join(', ')}`] : []),
    ...(outside.length > 0 ? [`outside the world, on real time: ${outside.join(', ')}`] : []),
    ...Object.entries(search?.tally.leftovers ?? {}).map(
      ([what, n]) => `left running: ${what} in ${quantity(n, 'trial')}`,
    ),
    ...unusedAcceptances.map(({ property }) => `acceptance of ${property} that nothing used: remove it`),
  ]
}
