import { emptyTally } from '../results/tally.ts'
import { mergeTallies } from '../results/merge-tallies.ts'
import type { Quarantine } from '../results/quarantine/quarantine-schema.ts'
import { quarantineOn } from '../results/quarantine/quarantine-terms.ts'
import type { ScenarioResult } from '../results/results-schema.ts'
import { searchBlockPlan, searchTrials } from './plan-search.ts'
import { summariseSearch } from './summarise-search.ts'
import type { LostTrial, ScenarioAddress, ScenarioDescription } from './job.ts'
import { runInOrderUntil } from './run-in-order-until.ts'
import { lossDetails } from './run-lossy-block.ts'
import { type SearchedBlock, searchBlock } from './search-block.ts'
import { confirmIsolation } from './confirm-isolation.ts'
import { findCauses } from './find-causes.ts'
import type { RunRequest } from './run-plan.ts'
import { WorkerLost } from './worker-process.ts'
import type { Workers } from './worker-pool.ts'

/** What a scenario's run came to, and which processes it cost. */
export interface SearchedScenario {
  readonly result: ScenarioResult
  /** What its file puts into quarantine. */
  readonly quarantine: readonly Quarantine[]
  readonly lost: readonly (LostTrial & { readonly stack: string })[]
  /** Where its first failure ended it: the trials that were made, and those that were asked for; else null. */
  readonly ended: { readonly trials: number; readonly of: number } | null
}

/** How a scenario is searched. */
interface SearchTerms {
  readonly request: RunRequest
  /** Ends it with the first block that holds a violation which fails the run. */
  readonly endsAtFailure: boolean
}

/**
 * Runs one scenario: without faults first, then the blocks of its search, then the smallest cause of each violation.
 *
 * All blocks, or until the first that fails the run.
 */
export async function searchScenario(
  pool: Workers,
  address: ScenarioAddress,
  { request, endsAtFailure }: SearchTerms,
): Promise<SearchedScenario> {
  const description = await pool.run('describe', address)
  const { name } = description
  const trials = searchTrials(description, request)
  request.progress.scenarioStarted(name, trials)
  const { faultFree, fingerprint } = await runWithoutFaults(pool, address, description.tasks)
  request.progress.faultFreeDone(name, faultFree.failures.length)
  const base = { name, file: address.file, line: description.line, faultFree, fingerprint }
  if (faultFree.failures.length > 0) {
    return {
      result: {
        ...base,
        search: null,
        findings: [],
        measure: null,
        inForce: [],
        incidents: [],
        unusedAcceptances: [],
        quarantine: [],
      },
      quarantine: description.quarantine,
      lost: [],
      ended: null,
    }
  }
  const isFailing = (block: SearchedBlock): boolean => endsAtFailure && hasFailed(block, description, request.today)
  const blocks = await searchBlocks(pool, address, { ...description, trials }, request, isFailing)
  const lost = blocks.flatMap((block) => block.lost)
  const problems = await confirmIsolation(pool, address, blocks)
  const tally = blocks.reduce((sum, block) => mergeTallies(sum, block.tally), { ...emptyTally, problems })
  const found = await findCauses(pool, address, description, tally, lost, request)
  const finished = { ...tally, problems: [...tally.problems, ...found.problems] }
  const conclusions = description.properties.some(({ isStatistical }) => isStatistical)
    ? await pool.run('conclude', { ...address, samples: finished.samples })
    : {}
  const search = summariseSearch(description, finished, conclusions)
  const used = new Set([
    ...found.findings.map(({ property }) => property),
    ...(search?.properties ?? []).flatMap(({ id, accepted }) => (accepted === null ? [] : [id])),
  ])
  // A shorter search may not have come as far as the finding that an acceptance is for.
  const isComplete = finished.trials >= description.trials
  const judged = new Set(description.properties.map(({ id }) => id))
  const unusedAcceptances = description.accepted.filter(
    ({ property }) => !used.has(property) && (isComplete || !judged.has(property)),
  )
  request.progress.scenarioDone(name)
  return {
    result: {
      ...base,
      search,
      findings: found.findings,
      measure: null,
      incidents: [],
      inForce: [],
      unusedAcceptances,
      quarantine: [],
    },
    quarantine: description.quarantine,
    lost,
    ended: blocks.some(isFailing) ? { trials: finished.trials, of: trials } : null,
  }
}

/** Whether a block violates what nobody has accepted. */
function hasFailed({ tally }: SearchedBlock, { accepted, quarantine }: ScenarioDescription, today: string): boolean {
  if (quarantineOn(today, quarantine).scenario) return false
  const spared = accepted.filter(({ expires }) => expires >= today).map(({ property }) => property)
  return Object.keys(tally.violations).some((property) => !spared.includes(property))
}

/** An agent that takes its process along on a good day has failed the run without faults, and nothing else. */
export async function runWithoutFaults(
  pool: Workers,
  address: ScenarioAddress,
  tasks: number,
): Promise<Pick<ScenarioResult, 'faultFree' | 'fingerprint'>> {
  try {
    return await pool.run('fault-free', address)
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error
    const failures = [`task ${error.trial + 1} of ${tasks}: ${lossDetails[error.how]}, without any fault`]
    return { faultFree: { tasks, failures }, fingerprint: null }
  }
}

async function searchBlocks(
  pool: Workers,
  address: ScenarioAddress,
  { name, trials }: ScenarioDescription,
  { progress, workers }: RunRequest,
  isEnough: (block: SearchedBlock) => boolean,
): Promise<SearchedBlock[]> {
  let done = 0
  const violated = new Set<string>()
  const plan = searchBlockPlan(trials)
  const run = async ({ block, trials: most }: (typeof plan)[number]): Promise<SearchedBlock> => {
    const searched = await searchBlock(pool, address, block, most)
    done += searched.tally.trials
    for (const id of Object.keys(searched.tally.violations)) violated.add(id)
    progress.trialsDone(name, done, trials, [...violated])
    return searched
  }
  return runInOrderUntil(plan, { run, isEnough: (blocks) => blocks.slice(-1).some(isEnough), ahead: workers })
}
