import type { NotRun } from '../results/not-run/not-run-schema.ts'
import { scenarioReasons } from '../results/scenario-reasons.ts'
import { worstStatus } from '../results/verdict.ts'
import type { RunRequest } from './run-plan.ts'
import type { RanScenario } from './ran-scenario.ts'
import { type ScenarioTerms, runScenario, verdictTerms } from './run-scenario.ts'
import { addressOf } from './scenario-address.ts'

/** What was run, and what was not. */
export interface RanScenarios {
  readonly ran: readonly RanScenario[]
  /** Null where everything was run. */
  readonly notRun: NotRun | null
}

/**
 * Runs scenarios one after another: all of them, or until as many have failed as the run was to bear.
 *
 * The scenario that is the last to be borne ends with the block that fails it, those before it run to their end. Both are
 * decided in the order of files and blocks, and so by no worker.
 */
export async function runUntilFailed(terms: Omit<ScenarioTerms, 'endsAtFailure'>): Promise<RanScenarios> {
  const { request } = terms
  const { files, bail = null } = request
  const ran: RanScenario[] = []
  let failed = 0
  for (const path of files) {
    const endsAtFailure = bail !== null && failed === bail - 1
    const known = request.finished?.get(path)
    const scenario = known ?? (await runScenario(addressOf(request, path), { ...terms, endsAtFailure }))
    request.finished?.set(path, scenario)
    ran.push(scenario)
    if (hasFailed(scenario, request)) failed += 1
    if (failed === bail) return { ran, notRun: notRunBehind(scenario, { request, failed, done: ran.length }) }
  }
  const { leftOut = [] } = request
  return { ran, notRun: leftOut.length === 0 ? null : { scenarios: [...leftOut], bail: null } }
}

/** An undecided scenario has not failed: more trials may decide it, and a later one may fail. */
function hasFailed({ result, ended }: RanScenario, request: RunRequest): boolean {
  const endedEarly = ended === null ? undefined : result.file
  const status = worstStatus(scenarioReasons(result, { ...verdictTerms(request), endedEarly }))
  return status === 'fail' || status === 'harness failure'
}

function notRunBehind(
  { result, ended }: RanScenario,
  { request, failed, done }: { readonly request: RunRequest; readonly failed: number; readonly done: number },
): NotRun | null {
  const behind = request.files
    .slice(done)
    .map((path) => ({ file: addressOf(request, path).file, why: 'bail' as const }))
  const { leftOut = [] } = request
  const scenarios = [...behind, ...leftOut]
  const { search, hasMeasure } = ended ?? { search: null, hasMeasure: false }
  const isWhole = behind.length === 0 && !hasMeasure && (search === null || search.trials === search.of)
  if (isWhole) return leftOut.length === 0 ? null : { scenarios: [...leftOut], bail: null }
  const baselines = request.baselines.map(({ name }) => name)
  return { scenarios, bail: { failed, scenario: result.name, file: result.file, search, hasMeasure, baselines } }
}
