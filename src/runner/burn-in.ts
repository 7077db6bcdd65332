import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { burntGates } from '../results/burn-in/burnt-gates.ts'
import { type Burn, type ScenarioBurnIn, summariseBurnIn } from '../results/burn-in/summarise-burn-in.ts'
import { publishedResults } from '../results/held-to-published.ts'
import { declarationResults } from '../results/declaration-result.ts'
import { declarationReasons } from '../results/declaration-reasons.ts'
import { measureReasons } from '../results/measure-reasons.ts'
import { quarantineOn } from '../results/quarantine/quarantine-terms.ts'
import { worstStatus } from '../results/verdict.ts'
import { burnSeeds } from './burn-seeds.ts'
import type { MeasureDescription, ScenarioAddress } from './job.ts'
import { measureScenario } from './measure-scenario.ts'
import type { Progress, RunRequest } from './run-plan.ts'
import { measureTrials } from './tell-resolution.ts'

/** How a burn-in is done. */
export interface BurnInRequest extends RunRequest {
  /** Runs of each measure, each with a seed of its own. */
  readonly runs: number
}

/**
 * Runs the measure of a scenario again and again, each time with another seed, and says how steadily its gates come out.
 *
 * The same for the same seed, on any number of workers.
 *
 * @param description of the measure
 */
export async function burnIn(
  address: ScenarioAddress,
  description: MeasureDescription,
  request: BurnInRequest,
  inForce: readonly EvidencedDeclaration[],
): Promise<ScenarioBurnIn> {
  const seeds = burnSeeds(request.seed, request.runs)
  const trials = measureTrials(description, request)
  const progress = burnProgress(request.progress, description, { runs: request.runs, trials })
  const burns: Burn[] = []
  // A small measure keeps a single worker busy, and the results of all runs at once would take room.
  for (let first = 0; first < seeds.length; first += request.workers) {
    const next = seeds.slice(first, first + request.workers)
    const run = (seed: number): Promise<Burn> =>
      burn({ ...address, seed }, description, { ...request, seed, progress }, inForce)
    burns.push(...(await Promise.all(next.map(run))))
  }
  const { scenario } = description
  return summariseBurnIn({ scenario, file: address.file, trials }, burns)
}

async function burn(
  address: ScenarioAddress,
  { scenario: name, repeatGates, tasks, quarantine: quarantines }: MeasureDescription,
  request: RunRequest,
  inForce: readonly EvidencedDeclaration[],
): Promise<Burn> {
  const { measure } = await measureScenario(address, request, inForce)
  if (measure === null) throw new Error('a measure that was described is not there')
  const judged = { name, measure, inForce: publishedResults({ name, measure }, inForce) }
  const options = { today: request.today, vacuous: request.config.vacuous }
  const quarantine = quarantineOn(request.today, quarantines)
  const reasons = quarantine.scenario ? declarationReasons(judged, options) : measureReasons(judged, options)
  const status = worstStatus(reasons)
  return {
    seed: address.seed,
    outcome: status === 'pass' ? 'passed' : status === 'inconclusive' ? 'undecided' : 'failed',
    gates: burntGates({ measure, declarations: declarationResults(judged), repeatGates, tasks, quarantine }),
  }
}

/** Tells of all runs together, as if they were one measure. */
function burnProgress(
  progress: Progress,
  { scenario, conditions, until }: MeasureDescription,
  { runs, trials }: Readonly<Record<'runs' | 'trials', number>>,
): Progress {
  progress.scenarioStarted(scenario, 0)
  progress.measureStarted(
    scenario,
    conditions.map(({ name }) => ({ name, trials: runs * trials, isAtMost: until === 'decided' })),
  )
  return { ...progress, measureStarted: () => {}, decided: () => {} }
}
