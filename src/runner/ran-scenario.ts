import type { Environment } from '../results/environment-schema.ts'
import type { ScenarioResult } from '../results/results-schema.ts'

/** What the run of one scenario came to, and the processes that were lost in it. */
export interface RanScenario {
  readonly result: ScenarioResult
  readonly replacedWorkers: Environment['replacedWorkers']
}
