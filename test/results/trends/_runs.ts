import type { Objective } from '../../../src/objectives/objective-schema.ts'
import type { Fingerprint } from '../../../src/results/fingerprint-schema.ts'
import { measureResultSchema } from '../../../src/results/measure-schema.ts'
import type { PropertyResult, ScenarioResult } from '../../../src/results/results-schema.ts'
import type { DatedResults } from '../../../src/results/trends/trends.ts'
import { conditionOf, measuresOf } from '../../report/_measures.ts'
import { propertyOf, resultsOf, scenarioOf, searchOf, tallyOf } from '../../report/_sample.ts'
import { fingerprint } from '../comparison/_results.ts'
import { rateOf } from '../../../src/objectives/rate-of.ts'

export const atLeast95: Objective = { measure: 'task success', atLeast: 0.95, under: null }

/** What one run of the scenario "desk" saw; everything has a value that says nothing. */
export interface Night {
  /** Day of November 2026. */
  readonly day: number
  /** Of 2,000 tasks; none is measured without it. */
  readonly solved?: number
  readonly objective?: Objective
  /** The identity of its measured trials; default one of its own. */
  readonly traces?: string
  readonly prints?: Partial<Fingerprint> | null
  /** Of the property R4; default vacuous. */
  readonly retries?: PropertyResult['verdict']
  /** Trials of the search. */
  readonly searched?: number
  readonly scenario?: Partial<ScenarioResult>
}

/** A run of a night in November, at 3 o'clock. */
export function nightly({ day, ...night }: Night): DatedResults {
  const date = `2026-11-${String(day).padStart(2, '0')}`
  const results = resultsOf([deskOf({ day, ...night })])
  return { name: `${date}/results.json`, at: `${date}T03:00:00.000Z`, commit: null, results }
}

function deskOf(night: Night): ScenarioResult {
  const { day, solved, retries = 'vacuous', searched = 2_000, prints = {}, scenario = {} } = night
  return scenarioOf('desk', {
    fingerprint: prints === null ? null : { ...fingerprint, ...prints },
    search: searchOf({
      traceHash: `search ${day}`,
      tally: tallyOf({ trials: searched }),
      properties: [propertyOf('R4', retries)],
    }),
    measure: solved === undefined ? null : measureOf({ ...night, solved }),
    ...scenario,
  })
}

function measureOf({ day, solved, traces = `night ${day}`, objective = atLeast95 }: Night & { solved: number }) {
  return measureResultSchema.parse({
    declaredTrials: 2_000,
    traceHash: traces,
    conditions: [conditionOf('tool failures', measuresOf(solved, { taskSuccess: rateOf(solved, 2_000) }))],
    objectives: [{ objective, condition: 'tool failures', verdict: 'met', sentence: '' }],
    declaration: null,
  })
}
