import type { Bail } from '../results/not-run/not-run-schema.ts'
import type { Environment } from '../results/environment-schema.ts'
import type { ScenarioResult } from '../results/results-schema.ts'

/** What the run of one scenario came to, and the processes that were lost in it. */
export interface RanScenario {
  readonly result: ScenarioResult
  readonly replacedWorkers: Environment['replacedWorkers']
  /** What was left out of it because it was ended at its first failure; null where it was not. */
  readonly ended: Pick<Bail, 'search' | 'hasMeasure'> | null
}
