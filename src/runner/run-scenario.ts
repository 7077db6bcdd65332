import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { heldToPublished } from '../results/held-to-published.ts'
import { withIncidents } from '../results/incidents/with-incidents.ts'
import { withQuarantine } from '../results/quarantine/quarantine-results.ts'
import type { VerdictOptions } from '../results/reason.ts'
import type { RanScenario } from './ran-scenario.ts'
import type { ScenarioAddress } from './job.ts'
import { measureScenario } from './measure-scenario.ts'
import type { RunRequest } from './run-plan.ts'
import { searchScenario } from './search-scenario.ts'
import { tellResolution } from './tell-resolution.ts'

/** Searches a scenario and then measures it. */
export async function runScenario(
  address: ScenarioAddress,
  request: RunRequest,
  inForce: readonly EvidencedDeclaration[],
): Promise<RanScenario> {
  await tellResolution(address, request, inForce)
  const { result, quarantine, lost } = await searchScenario(request.pool, address, request)
  // An agent that fails on a good day has nothing to measure.
  const measured =
    result.search === null ? { measure: null, lost: [] } : await measureScenario(address, request, inForce)
  const held = heldToPublished({ ...result, measure: measured.measure }, inForce)
  return {
    result: withIncidents(withQuarantine(held, quarantine, verdictTerms(request))),
    replacedWorkers: [...lost, ...measured.lost].map(({ trial, stack }) => ({ scenario: result.name, trial, stack })),
  }
}

/** The terms by which a run is judged. */
export function verdictTerms({ today, config: { vacuous, expiryWarningDays } }: RunRequest): VerdictOptions {
  return { today, vacuous, expiryWarningDays }
}
