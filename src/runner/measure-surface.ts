import type { SurfaceResult } from '../results/surface-schema.ts'
import { summariseSurface } from '../results/summarise-surface.ts'
import type { Surface } from '../scenario/surface-input.ts'
import { type BlockPlan, runAllBlocks } from './measure-blocks.ts'
import type { LostWithStack } from './run-lossy-block.ts'
import type { RunRequest } from './run-plan.ts'

/** A surface with what was counted, and which processes it cost. */
export interface MeasuredSurface {
  readonly surface: SurfaceResult
  readonly lost: readonly LostWithStack[]
}

/** Trials of each set of a surface, as far as the run asks for another number than the scenario. */
export function surfaceTrials({ trials, quickTrials }: Surface, request: RunRequest): number {
  return request.trials ?? (request.isQuick ? quickTrials : trials)
}

/** Runs every set of trials of a surface, whatever was decided before: nothing is gated by it. */
export async function measureSurface(
  { repeats, cells }: Surface,
  trials: number,
  run: BlockPlan['run'],
): Promise<MeasuredSurface> {
  const counted = await runAllBlocks({ conditions: cells, trials, run })
  const tallies = counted.map(({ tally }) => tally)
  return {
    surface: summariseSurface(
      repeats,
      cells.flatMap((cell, index) => tallies.slice(index, index + 1).map((tally) => ({ ...cell, tally }))),
    ),
    lost: counted.flatMap(({ lost }) => lost),
  }
}
