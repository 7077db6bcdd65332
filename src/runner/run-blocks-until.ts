import {
  type BlockPlan,
  type CountedBlocks,
  type MeasuredBlock,
  addBlocks,
  blockCount,
  runBlockOf,
} from './measure-blocks.ts'
import { runInOrderUntil } from './run-in-order-until.ts'

/**
 * Runs blocks of a measure until what they add up to is enough, or there are no more.
 *
 * @param ahead blocks that may run before it is known whether they are needed
 */
export async function runBlocksUntil(
  plan: BlockPlan,
  isEnough: (counted: readonly CountedBlocks[]) => boolean,
  ahead: number,
): Promise<CountedBlocks[]> {
  const blocks = Array.from({ length: blockCount(plan) }, (_, block) => block)
  const done = await runInOrderUntil<number, MeasuredBlock[]>(blocks, {
    run: (block) => runBlockOf(plan, block),
    isEnough: (soFar) => isEnough(addBlocks(plan, soFar)),
    ahead,
  })
  return addBlocks(plan, done)
}
