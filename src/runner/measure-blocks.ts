import { type MeasureTally, emptyMeasureTally } from '../results/measure-tally.ts'
import { mergeMeasureTallies } from '../results/merge-measure-tallies.ts'
import type { Condition } from '../scenario/measure-input.ts'
import { blockTrials } from '../scenario/plans.ts'
import type { LostWithStack } from './run-lossy-block.ts'

/** What one block came to under one condition. */
export interface MeasuredBlock {
  readonly result: MeasureTally
  readonly lost: readonly LostWithStack[]
}

/** Which blocks a measure has, and how one is run. */
export interface BlockPlan {
  readonly conditions: readonly Condition[]
  /** Trials under each condition, at most. */
  readonly trials: number
  /** Failures of each condition that are kept to be attributed; absent: the usual number. */
  readonly mostFailures?: number
  /** @param trials trials of the block, 1 to 100 */
  readonly run: (condition: Condition, block: number, trials: number) => Promise<MeasuredBlock>
}

/** What was counted under one condition. */
export interface CountedBlocks {
  readonly condition: Condition
  readonly tally: MeasureTally
  readonly lost: readonly LostWithStack[]
}

/** Blocks under each condition, at most. */
export function blockCount({ trials }: BlockPlan): number {
  return Math.ceil(trials / blockTrials)
}

/** One block of a plan under one condition. */
export interface PlannedBlock {
  readonly condition: Condition
  readonly block: number
  readonly trials: number
}

/** All blocks of a plan, in order, each under every condition. */
export function blocksUnder(plan: BlockPlan): PlannedBlock[] {
  return Array.from({ length: blockCount(plan) }, (_, block) =>
    plan.conditions.map((condition) => ({ condition, block, trials: trialsOf(plan, block) })),
  ).flat()
}

function trialsOf({ trials }: BlockPlan, block: number): number {
  return Math.min(blockTrials, trials - block * blockTrials)
}

/** Runs one block under every condition, in the order of these. */
export function runBlockOf(plan: BlockPlan, block: number): Promise<MeasuredBlock[]> {
  const trials = trialsOf(plan, block)
  return Promise.all(plan.conditions.map((condition) => plan.run(condition, block, trials)))
}

/**
 * Adds up blocks, each with its parts in the order of the conditions.
 *
 * The same whatever order they were run in.
 */
export function addBlocks(
  { conditions, mostFailures }: BlockPlan,
  blocks: readonly (readonly MeasuredBlock[])[],
): CountedBlocks[] {
  return conditions.map((condition, index) => {
    const parts = blocks.flatMap((block) => block.slice(index, index + 1))
    return {
      condition,
      tally: parts.reduce<MeasureTally>(
        (sum, { result }) => mergeMeasureTallies(sum, result, mostFailures),
        emptyMeasureTally,
      ),
      lost: parts.flatMap(({ lost }) => lost),
    }
  })
}

/** Runs every block under every condition. */
export async function runAllBlocks(plan: BlockPlan): Promise<CountedBlocks[]> {
  const blocks = Array.from({ length: blockCount(plan) }, (_, block) => runBlockOf(plan, block))
  return addBlocks(plan, await Promise.all(blocks))
}
