import {
  type BlockPlan,
  type CountedBlocks,
  type MeasuredBlock,
  addBlocks,
  blockCount,
  runBlockOf,
} from './measure-blocks.ts'

/**
 * Runs blocks until what they add up to is enough, or there are no more.
 *
 * Asked after each block, in the order of the blocks, so that the answer depends on no worker. Later blocks may already
 * be running by then; they count for nothing, whatever comes of them.
 *
 * @param ahead blocks that may run before it is known whether they are needed
 */
export async function runBlocksUntil(
  plan: BlockPlan,
  isEnough: (counted: readonly CountedBlocks[]) => boolean,
  ahead: number,
): Promise<CountedBlocks[]> {
  const count = blockCount(plan)
  const started: Promise<MeasuredBlock[]>[] = []
  const done: MeasuredBlock[][] = []
  for (let block = 0; block < count; block++) {
    while (started.length < Math.min(count, block + 1 + ahead)) started.push(begun(plan, started.length))
    done.push((await started[block]) ?? [])
    if (isEnough(addBlocks(plan, done))) break
  }
  // Nothing may still run when the run is over.
  await Promise.allSettled(started)
  return addBlocks(plan, done)
}

/** A block that fails is told where it is needed, and nowhere else. */
function begun(plan: BlockPlan, block: number): Promise<MeasuredBlock[]> {
  const running = runBlockOf(plan, block)
  running.catch(() => {})
  return running
}
