import { hash } from 'node:crypto'
import type { FaultPlan } from '../contract/fault.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import type { Tally } from '../results/tally.ts'
import { blockPlans, blockTrials } from './plans.ts'
import type { Scenario } from './scenario.ts'
import { relationEvery, runRelatedTrial } from './related-trial.ts'
import { type TrialResult, runTrial } from './trial.ts'
import { TallyBuilder } from './tally-builder.ts'

/** Which block to run, and how far. */
export interface BlockSpec {
  readonly scenario: Scenario
  readonly judge: PreparedJudge
  readonly seed: number
  readonly block: number
  /** Trials of the block to run, 1 to 100. */
  readonly trials: number
  /** Trials whose process was lost, with the result that stands in for them. */
  readonly lost: ReadonlyMap<number, TrialResult>
  readonly onTurn: () => void
  /** Called before each trial, so that whoever watches knows which one is running. */
  readonly onTrial: (trial: number) => void
}

/** What a block came to. */
export interface BlockResult {
  readonly tally: Tally
  /** The hash of the block's last trial, to be compared with the same trial run alone. */
  readonly lastHash: string
  /** The first trial of the block, where running it again in the same process gave another trace. */
  readonly suspectTrial: number | null
}

/** Runs the trials of a block one after another, and the first once more to see whether anything was left behind. */
export async function runBlock(spec: BlockSpec): Promise<BlockResult> {
  const { scenario, seed, block } = spec
  const plans = blockPlans(scenario, seed, block)
  const first = block * blockTrials
  const tally = new TallyBuilder(scenario)
  const hashes: string[] = []
  for (let index = 0; index < spec.trials; index++) {
    const plan = plans[index] ?? { faults: [] }
    const result = await runOne(spec, first + index, plan)
    hashes.push(result.hash)
    tally.add(first + index, plan, result)
  }
  const repeated = spec.lost.has(first) ? hashes[0] : (await runOne(spec, first, plans[0] ?? { faults: [] })).hash
  return {
    tally: tally.finish(block, hash('sha256', hashes.join(''), 'hex')),
    lastHash: hashes.at(-1) ?? '',
    suspectTrial: repeated === hashes[0] ? null : first,
  }
}

function runOne(spec: BlockSpec, trial: number, plan: FaultPlan): Promise<TrialResult> {
  const lost = spec.lost.get(trial)
  if (lost !== undefined) return Promise.resolve(lost)
  spec.onTrial(trial)
  const { scenario, judge, seed, onTurn } = spec
  const run = trial % relationEvery === 0 ? runRelatedTrial : runTrial
  return run({ scenario, judge, seed, trial, plan, onTurn })
}
