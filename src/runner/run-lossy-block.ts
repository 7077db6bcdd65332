import { blockTrials } from '../scenario/plans.ts'
import type { LostTrial } from './job.ts'
import { WorkerLost } from './worker-process.ts'

/** A lost trial with the stack of the blocked code, or the last words of its process. */
export type LostWithStack = LostTrial & { readonly stack: string }

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
 *
 * @param trials trials of the block to run, 1 to 100
 * @param run runs so many trials of the block, with the lost ones stood in for
 */
export async function runLossyBlock<Result>(
  trials: number,
  run: (trials: number, lost: readonly LostTrial[]) => Promise<Result>,
): Promise<{ readonly result: Result; readonly lost: readonly LostWithStack[] }> {
  const lost: LostWithStack[] = []
  for (;;) {
    const last = lost.length >= mostLostTrials ? (lost.at(-1)?.trial ?? 0) % blockTrials : trials - 1
    try {
      return { result: await run(last + 1, lost.map(withoutStack)), lost }
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
