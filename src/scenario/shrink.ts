import * as fc from 'fast-check'
import type { FaultPlan, Trigger } from '../contract/fault.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import { sameJson } from '../properties/same-json.ts'
import { blockSeed, blockTrials, trialPlan } from './plans.ts'
import type { Scenario } from './scenario.ts'
import { runRelatedTrial } from './related-trial.ts'

/** What to shrink. */
export interface ShrinkSpec {
  readonly scenario: Scenario
  readonly judge: PreparedJudge
  readonly seed: number
  readonly trial: number
  /** The property whose violation the plan must keep causing. */
  readonly property: string
  readonly onTurn: () => void
  /** The folder of the configuration, to which code is relative; absent: nobody asks for code. */
  readonly root?: string
  /** How replay tokens name the configuration; absent or null where it is found by its name. */
  readonly configOfToken?: string | null
}

/** The smallest plan found. */
export interface ShrunkPlan {
  readonly plan: FaultPlan
  /** Trials it took. */
  readonly trials: number
}

/** Bounded by trials and never by time, so that the same plan is found on any machine. */
const mostTrials = 400

/** The triggers that are tried in place of a fault's own, the simplest first. */
const simplestTriggers: readonly Trigger[] = [1, 2, 3, 4, 5].map((n) => ({ on: 'nth', n }))

type Violates = (plan: FaultPlan) => Promise<boolean>

/**
 * Shrinks the plan of a failing trial while it still violates the same property.
 *
 * fast-check shrinks the generated value first; then each fault that can be left out is; then each that is left is
 * made to strike a single call, if one call is enough.
 */
export async function shrinkPlan(spec: ShrinkSpec): Promise<ShrunkPlan> {
  const { scenario, seed, trial } = spec
  let trials = 0
  const violates: Violates = async (plan) => {
    if (trials >= mostTrials) return false
    trials++
    const { judge, onTurn } = spec
    const { verdicts } = await runRelatedTrial({ scenario, judge, seed, trial, plan, onTurn }, spec.property)
    return verdicts.get(spec.property)?.verdict === 'violated'
  }
  const property = fc.asyncProperty(scenario.search.faults.arbitrary, async (plan) => !(await violates(plan)))
  const details = await fc.check(property, {
    seed: blockSeed(scenario, seed, Math.floor(trial / blockTrials)),
    path: String(trial % blockTrials),
    numRuns: 1,
  })
  const shrunk = details.counterexample?.[0] ?? trialPlan(scenario, seed, trial)
  const necessary = await withoutSuperfluous(shrunk, violates)
  return { plan: await withSimpleTriggers(necessary, violates), trials }
}

async function withoutSuperfluous(plan: FaultPlan, violates: Violates): Promise<FaultPlan> {
  let smallest = plan
  for (let index = plan.faults.length - 1; index >= 0; index--) {
    const candidate = { faults: smallest.faults.toSpliced(index, 1) }
    if (await violates(candidate)) smallest = candidate
  }
  return smallest
}

async function withSimpleTriggers(plan: FaultPlan, violates: Violates): Promise<FaultPlan> {
  let simplest = plan
  for (const [index, fault] of plan.faults.entries()) {
    for (const trigger of simplestTriggers) {
      if (sameJson(trigger, fault.trigger)) break
      const candidate = { faults: simplest.faults.with(index, { ...fault, trigger }) }
      if (!(await violates(candidate))) continue
      simplest = candidate
      break
    }
  }
  return simplest
}
