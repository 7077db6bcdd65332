import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { heldToPublished } from '../results/held-to-published.ts'
import { withIncidents } from '../results/incidents/with-incidents.ts'
import { withQuarantine } from '../results/quarantine/quarantine-results.ts'
import type { VerdictOptions } from '../results/reason.ts'
import type { ScenarioAddress } from './job.ts'
import { measureScenario } from './measure-scenario.ts'
import type { RanScenario } from './ran-scenario.ts'
import type { RunRequest } from './run-plan.ts'
import { searchScenario } from './search-scenario.ts'
import { tellResolution } from './tell-resolution.ts'

/** How a scenario is run. */
export interface ScenarioTerms {
  readonly request: RunRequest
  readonly inForce: readonly EvidencedDeclaration[]
  /** Ends it with the first block of its search that fails the run. */
  readonly endsAtFailure: boolean
}

/** Searches a scenario and then measures it. */
export async function runScenario(address: ScenarioAddress, terms: ScenarioTerms): Promise<RanScenario> {
  const { request, inForce } = terms
  const { pool } = request
  await tellResolution(address, request, inForce)
  const { result, quarantine, lost, ended } = await searchScenario(pool, address, terms)
  // An agent that fails on a good day has nothing to measure, and one that has failed the run nothing that would decide it.
  const isMeasured = result.search !== null && ended === null
  const measured = isMeasured ? await measureScenario(address, request, inForce) : { measure: null, lost: [] }
  const whole = { ...result, measure: measured.measure }
  const held = ended === null ? heldToPublished(whole, inForce) : whole
  const options = { ...verdictTerms(request), endedEarly: ended === null ? undefined : result.file }
  return {
    result: withIncidents(withQuarantine(held, quarantine, options)),
    replacedWorkers: [...lost, ...measured.lost].map(({ trial, stack }) => ({ scenario: result.name, trial, stack })),
    ended: ended && { search: ended, hasMeasure: (await pool.run('describe-measure', address)) !== null },
  }
}

/** The terms by which a run is judged. */
export function verdictTerms({ today, config: { vacuous, expiryWarningDays } }: RunRequest): VerdictOptions {
  return { today, vacuous, expiryWarningDays }
}
