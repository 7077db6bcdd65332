import type { Problem } from '../results/tally.ts'
import type { ScenarioAddress } from './job.ts'
import type { SearchedBlock } from './search-block.ts'
import type { Workers } from './worker-pool.ts'
import { blockTrials } from '../scenario/plans.ts'

/**
 * Confirms that a trial depends on its seed and index alone.
 *
 * The last trial of the first block is run alone in a fresh process and must leave the same trace; so must every trial
 * that already looked suspect within its block. Two fresh runs that agree with each other but not with the block show a
 * state leak; two that disagree, nondeterminism.
 */
export async function confirmIsolation(
  pool: Workers,
  address: ScenarioAddress,
  blocks: readonly SearchedBlock[],
): Promise<Problem[]> {
  const suspects = new Set(blocks.flatMap(({ suspectTrial }) => (suspectTrial === null ? [] : [suspectTrial])))
  const first = blocks[0]
  const lastTrial = first === undefined ? 0 : first.tally.trials - 1
  if (first !== undefined && !first.lost.some(({ trial }) => trial === lastTrial)) {
    const alone = await runAlone(pool, address, lastTrial)
    if (alone !== first.lastHash) suspects.add(lastTrial)
  }
  // The lowest is enough: the others would say the same once more.
  const suspect = [...suspects].toSorted((a, b) => a - b)[0]
  return suspect === undefined ? [] : [await explain(pool, address, suspect)]
}

async function explain(pool: Workers, address: ScenarioAddress, trial: number): Promise<Problem> {
  const once = await runAlone(pool, address, trial)
  const again = await runAlone(pool, address, trial)
  if (once === again) {
    return {
      kind: 'state leak',
      trial,
      sentence: `trial ${trial} run alone gives another trace than trial ${trial} run among the ${blockTrials} of its block: the agent keeps state outside what its factory makes; move that state into the factory.`,
    }
  }
  return {
    kind: 'nondeterminism',
    trial,
    sentence: `trial ${trial} gave two different traces in two fresh processes: the agent reads time, randomness or input that is outside the simulated world; find it in docs/virtual-world.md and give it to the agent from outside.`,
  }
}

async function runAlone(pool: Workers, address: ScenarioAddress, trial: number): Promise<string> {
  const { traceHash } = await pool.runFresh('trial', { ...address, trial, property: '', plan: null })
  return traceHash
}
