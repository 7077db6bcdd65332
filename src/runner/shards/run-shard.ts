import { compareText } from '../../results/compare-text.ts'
import { declarationsInForce, readDeclarationsFolder } from '../declarations-folder.ts'
import type { ScenarioAddress } from '../job.ts'
import { type BlockPlan, type PlannedBlock, blocksUnder } from '../measure-blocks.ts'
import { type PlannedMeasure, countMeasure, planMeasure } from '../plan-measure.ts'
import { searchBlockPlan, searchTrials } from '../plan-search.ts'
import type { RunRequest } from '../run-plan.ts'
import { addressOf } from '../scenario-address.ts'
import { searchBlock } from '../search-block.ts'
import { runWithoutFaults } from '../search-scenario.ts'
import { type KeptWork, workKey } from '../kept-work/kept-work.ts'
import { RememberingWorkers } from '../kept-work/remembering-workers.ts'
import type { RunIdentity } from '../kept-work/run-identity.ts'
import type { Shard } from './shard-schema.ts'
import { type ShardPart, isInPart } from './shard-part.ts'

/** A run, and what it is. */
interface IdentifiedRun {
  readonly request: RunRequest
  readonly identity: RunIdentity
}

/**
 * Runs one part of the blocks of a run, and nothing that depends on all of them.
 *
 * A measure that ends as soon as everything is decided is one piece of work: whether it goes on is known only after each
 * block, in order. One part runs all of it.
 *
 * @param isWhole whether the run is of all scenarios
 */
export async function runShard(
  { request, identity }: IdentifiedRun,
  part: ShardPart,
  isWhole: boolean,
): Promise<Shard> {
  const work = new Map<string, KeptWork>()
  const pool = new RememberingWorkers(request.pool, [], (done) => work.set(workKey(done), done))
  const own = { ...request, pool }
  const inForce = declarationsInForce(readDeclarationsFolder(request.root, request.config.declarations), request.today)
  for (const path of request.files) {
    const address = addressOf(request, path)
    if (!(await searchPart(own, part, address))) continue
    const planned = await planMeasure(address, own, inForce)
    if (planned !== null) await measurePart(planned, part, address, request)
  }
  return {
    format: 'shakedown-shard',
    version: 1,
    ...part,
    run: identity,
    isWhole,
    today: request.today,
    // In an order that does not depend on who was first.
    work: [...work].toSorted(([a], [b]) => compareText(a, b)).map(([, done]) => done),
  }
}

/** False where the agent fails without any fault, and there is nothing to measure. */
async function searchPart(request: RunRequest, part: ShardPart, address: ScenarioAddress): Promise<boolean> {
  const { pool, progress } = request
  const description = await pool.run('describe', address)
  const { name } = description
  const blocks = searchBlockPlan(searchTrials(description, request)).filter(({ block }) =>
    isInPart(part, [address.file], block),
  )
  const all = blocks.reduce((sum, { trials }) => sum + trials, 0)
  progress.scenarioStarted(name, all)
  const { faultFree } = await runWithoutFaults(pool, address, description.tasks)
  progress.faultFreeDone(name, faultFree.failures.length)
  if (faultFree.failures.length > 0) return false
  let done = 0
  const violated = new Set<string>()
  const searched = blocks.map(async ({ block, trials }) => {
    const { tally } = await searchBlock(pool, address, block, trials)
    done += tally.trials
    for (const id of Object.keys(tally.violations)) violated.add(id)
    progress.trialsDone(name, done, all, [...violated])
  })
  await Promise.all(searched)
  progress.scenarioDone(name)
  return true
}

async function measurePart(
  planned: PlannedMeasure,
  part: ShardPart,
  { file }: ScenarioAddress,
  { progress, workers }: RunRequest,
): Promise<void> {
  const { description, plan, surface, cellTrials } = planned
  const { until, scenario } = description
  const isSequential = until === 'decided'
  const ownBlocks = (one: BlockPlan): PlannedBlock[] =>
    blocksUnder(one).filter(({ condition, block }) => isInPart(part, [file, condition.name], block))
  const conditionBlocks = isSequential ? [] : ownBlocks(plan)
  const cellBlocks = surface === null ? [] : ownBlocks({ conditions: surface.cells, trials: cellTrials, run: plan.run })
  const runsUntil = isSequential && isInPart(part, [file, 'until decided'], 0)
  progress.measureStarted(scenario, [
    ...description.conditions.map((condition) => ({
      name: condition.name,
      trials: runsUntil ? plan.trials : trialsIn(conditionBlocks.filter((one) => one.condition === condition)),
      isAtMost: isSequential,
    })),
    ...(surface === null ? [] : [{ name: 'surface', trials: trialsIn(cellBlocks), isAtMost: false }]),
  ])
  if (runsUntil) await countMeasure(planned, workers)
  await Promise.all(
    [...conditionBlocks, ...cellBlocks].map(({ condition, block, trials }) => plan.run(condition, block, trials)),
  )
}

function trialsIn(blocks: readonly PlannedBlock[]): number {
  return blocks.reduce((sum, { trials }) => sum + trials, 0)
}
