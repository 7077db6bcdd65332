import type { Results } from '../../src/results/results-schema.ts'
import { badDay, everyState, goodDay, measuredDay, propertyOf, resultsOf, scenarioOf, searchOf } from './_sample.ts'

const vacuousOnly = [
  scenarioOf('calm', { search: searchOf({ properties: [propertyOf('L1'), propertyOf('R5', 'vacuous')] }) }),
]

/** Results of every kind that a machine may have to read. */
export const days: Readonly<Record<string, Results>> = {
  everyState,
  badDay,
  goodDay,
  measuredDay,
  inconclusive: resultsOf(vacuousOnly),
  allowed: resultsOf(vacuousOnly, 'allow'),
  nothing: resultsOf([]),
  namesakes: resultsOf([scenarioOf('calm'), scenarioOf('calm', { file: 'scenarios/other.scenario.ts' })]),
  twins: resultsOf([scenarioOf('twins', { search: searchOf({ properties: [propertyOf('L1'), propertyOf('L1')] }) })]),
  wordless: resultsOf([
    scenarioOf('wordless', { search: searchOf({ properties: [{ ...propertyOf('R5', 'vacuous'), statement: '' }] }) }),
  ]),
  unsearched: resultsOf([scenarioOf('unsearched', { search: null })]),
  unexplained: resultsOf([
    scenarioOf('odd', { search: searchOf({ properties: [propertyOf('L1', 'violated', 3, 2)] }) }),
  ]),
}
