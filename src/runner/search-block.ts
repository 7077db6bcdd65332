import type { Tally } from '../results/tally.ts'
import type { BlockResult } from '../scenario/block.ts'
import type { LostTrial, ScenarioAddress } from './job.ts'
import { WorkerLost } from './worker-process.ts'
import type { WorkerPool } from './worker-pool.ts'
import { blockTrials } from '../scenario/plans.ts'

/** A block's result with the processes it cost. */
export interface SearchedBlock extends BlockResult {
  readonly block: number
  readonly tally: Tally
  readonly lost: readonly (LostTrial & { readonly stack: string })[]
}

/** Lost processes after which the rest of a block is not run: each costs seconds of real time. */
const mostLostTrials = 2

/** How a process was lost, in words that are the same on every machine. */
export const lossDetails = {
  blocked: 'the event loop was blocked and the process had to be replaced',
  died: 'the process of the agent ended by itself',
} as const

/**
 * Runs a block; a trial that takes its process along is put down as lost, and the block runs again without it.
 *
 * The outcome depends on the block alone, not on which process ran it.
 */
export async function searchBlock(
  pool: WorkerPool,
  address: ScenarioAddress,
  block: number,
  trials: number,
): Promise<SearchedBlock> {
  const lost: (LostTrial & { stack: string })[] = []
  for (;;) {
    const last = lost.length >= mostLostTrials ? (lost.at(-1)?.trial ?? 0) % blockTrials : trials - 1
    try {
      const result = await pool.run('block', { ...address, block, trials: last + 1, lost: lost.map(withoutStack) })
      return { ...result, block, lost }
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error
      if (lost.some(({ trial }) => trial === error.trial)) throw error
      lost.push({ trial: error.trial, how: error.how, detail: lossDetails[error.how], stack: error.explanation })
    }
  }
}

function withoutStack({ trial, how, detail }: LostTrial): LostTrial {
  return { trial, how, detail }
}
