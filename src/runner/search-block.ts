import type { Tally } from '../results/tally.ts'
import type { BlockResult } from '../scenario/block.ts'
import type { ScenarioAddress } from './job.ts'
import { type LostWithStack, runLossyBlock } from './run-lossy-block.ts'
import type { Workers } from './worker-pool.ts'

/** A block's result with the processes it cost. */
export interface SearchedBlock extends BlockResult {
  readonly block: number
  readonly tally: Tally
  readonly lost: readonly LostWithStack[]
}

/** Runs a block of a search. */
export async function searchBlock(
  pool: Workers,
  address: ScenarioAddress,
  block: number,
  trials: number,
): Promise<SearchedBlock> {
  const run = await runLossyBlock(trials, (count, lost) =>
    pool.run('block', { ...address, block, trials: count, lost }),
  )
  return { ...run.result, block, lost: run.lost }
}
