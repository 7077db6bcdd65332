import * as fc from 'fast-check'
import { blockTrials } from '../contract/block-trials.ts'
import type { FaultPlan } from '../contract/fault.ts'
import { keyedUint32 } from '../simulation/keyed-hash.ts'
import type { Scenario } from './scenario.ts'

export { blockTrials }

/** The seed from which fast-check draws a block's plans. */
export function blockSeed(scenario: Scenario, seed: number, block: number): number {
  return keyedUint32('plans', seed, scenario.name, block) | 0
}

/**
 * The plans of a block, in the order of its trials.
 *
 * Always the whole block, so that trial i has the plan that it has in any other run with the same seed.
 */
export function blockPlans(scenario: Scenario, seed: number, block: number): readonly FaultPlan[] {
  return fc.sample(scenario.search.faults.arbitrary, {
    seed: blockSeed(scenario, seed, block),
    numRuns: blockTrials,
  })
}

/** The plan of one trial. */
export function trialPlan(scenario: Scenario, seed: number, trial: number): FaultPlan {
  return blockPlans(scenario, seed, Math.floor(trial / blockTrials))[trial % blockTrials] ?? { faults: [] }
}
