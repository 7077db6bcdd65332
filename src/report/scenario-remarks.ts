import { quantity } from '../results/quantity.ts'
import type { PropertyResult, ScenarioResult } from '../results/results-schema.ts'
import { scenarioProblems } from './scenario-problems.ts'

/** Problems named for each scenario; the report holds more, and results.json all. */
const shownProblems = 5

/** What a reader must know of a scenario besides its findings. */
export function scenarioRemarks(scenario: ScenarioResult): string[] {
  const { faultFree, search, unusedAcceptances } = scenario
  const properties = search?.properties ?? []
  const vacuous = properties.filter(({ verdict }) => verdict === 'vacuous').map(({ id }) => id)
  const idle = (search?.families ?? []).filter(({ delivered }) => delivered === 0).map(({ family }) => family)
  const outside = search?.tally.outside ?? []
  const problems = scenarioProblems(scenario)
  return [
    ...problems.slice(0, shownProblems).map(({ kind, trial, sentence }) => `${kind} at trial ${trial}: ${sentence}`),
    ...(problems.length > shownProblems ? [`${problems.length - shownProblems} more such problems`] : []),
    ...faultFree.failures.map((failure) => `without any fault: ${failure}`),
    ...(vacuous.length > 0 ? [`vacuous, never put to the test: ${vacuous.join(', ')}`] : []),
    ...properties.flatMap(conclusionRemark),
    ...(idle.length > 0 ? [`faults that never struck: ${idle.join(', ')}`] : []),
    ...(outside.length > 0 ? [`outside the world, on real time: ${outside.join(', ')}`] : []),
    ...Object.entries(search?.tally.leftovers ?? {}).map(
      ([what, n]) => `left running: ${what} in ${quantity(n, 'trial')}`,
    ),
    ...unusedAcceptances.map(({ property }) =>
      properties.some(({ id }) => id === property)
        ? `acceptance of ${property} that nothing used: remove it`
        : `acceptance of ${property}, by which the scenario is not judged: remove it, or correct the ID`,
    ),
  ]
}

/** What only all trials together show has no finding of its own. */
function conclusionRemark({ id, name, verdict, conclusion, accepted }: PropertyResult): string[] {
  if (verdict !== 'violated' || conclusion === null) return []
  const acceptance = accepted === null ? '' : `; accepted by ${accepted.owner} until ${accepted.expires}`
  return [`${id} ${name} is violated over all trials: ${conclusion}${acceptance}`]
}
