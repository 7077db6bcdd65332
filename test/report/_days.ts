import type { Results } from '../../src/results/results-schema.ts'
import { findingOf } from './_findings.ts'
import { badDay, everyState, goodDay, measuredDay, propertyOf, resultsOf, scenarioOf, searchOf } from './_sample.ts'

const vacuousOnly = [
  scenarioOf('calm', { search: searchOf({ properties: [propertyOf('L1'), propertyOf('R5', 'vacuous')] }) }),
]

const inForce = {
  state: 'in force',
  sentence: 'the scenario is in quarantine by platform team until 2026-06-30',
} as const

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
  held: resultsOf([
    scenarioOf('calm'),
    scenarioOf('held', {
      search: searchOf({ properties: [propertyOf('R4', 'violated', 9, 9)] }),
      findings: [findingOf({ trials: 9 })],
      quarantine: [
        { scenario: true, ...{ owner: 'platform team', reason: 'flaky', expires: '2026-06-30' }, ...inForce },
      ],
    }),
  ]),
  wordless: resultsOf([
    scenarioOf('wordless', { search: searchOf({ properties: [{ ...propertyOf('R5', 'vacuous'), statement: '' }] }) }),
  ]),
  unsearched: resultsOf([scenarioOf('unsearched', { search: null })]),
  unexplained: resultsOf([
    scenarioOf('odd', { search: searchOf({ properties: [propertyOf('L1', 'violated', 3, 2)] }) }),
  ]),
}
