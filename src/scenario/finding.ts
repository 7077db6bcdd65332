import type { FaultPlan } from '../contract/fault.ts'
import { harnessError } from '../contract/errors.ts'
import { prepareJudge } from '../properties/judge-trial.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import type { Finding } from '../results/results-schema.ts'
import { type CodePlace, callingCode } from './calling-code.ts'
import { breakerLanes } from './breaker-lanes.ts'
import { trialPlan } from './plans.ts'
import { findingToken } from './finding-token.ts'
import type { Scenario } from './scenario.ts'
import { type ShrinkSpec, shrinkPlan } from './shrink.ts'
import { timelineOf } from './timeline.ts'
import { runRelatedTrial } from './related-trial.ts'
import { placedWitness } from './placed-witness.ts'

/** A finding before the search has counted its trials and matched acceptances. */
export type FindingCore = Omit<Finding, 'trials' | 'firstTrial' | 'accepted'>

/** What a replay or the recording of a finding saw. */
export interface Recorded {
  readonly witness: Finding['witness'] | null
  readonly timeline: Finding['timeline']
  readonly traceHash: string
  readonly breakers?: NonNullable<Finding['breakers']>
  readonly code?: NonNullable<Finding['code']>
}

/** Prepares a scenario's properties for judging. */
export function judgeFor(scenario: Scenario): PreparedJudge {
  return prepareJudge(scenario.search.properties, { profile: scenario.profile, secrets: scenario.secrets })
}

/** Runs one trial under a plan and keeps what there is to show of it. */
export async function recordTrial(
  { scenario, judge, seed, trial, property, onTurn, root }: ShrinkSpec,
  plan: FaultPlan,
): Promise<Recorded> {
  const places = new Map<number, CodePlace>()
  const onCall = (call: number): void => {
    const place = root === undefined ? null : callingCode(root)
    if (place !== null) places.set(call, place)
  }
  const spec = { scenario, judge, seed, trial, plan, keep: true, onTurn, onCall }
  const result = await runRelatedTrial(spec, property)
  const verdict = result.verdicts.get(property)
  const breakers = breakerLanes(result.events, scenario.profile)
  const violation = verdict?.verdict === 'violated' ? verdict.witness : null
  const call = violation?.calls.at(-1)
  const place = call === undefined ? undefined : places.get(call)
  return {
    witness: violation === null ? null : placedWitness(violation, property, { events: result.events, plan, judge }),
    timeline: timelineOf(result.events, plan, scenario),
    traceHash: result.hash,
    ...(breakers.length > 0 && { breakers }),
    ...(call !== undefined && place && { code: { call, ...place } }),
  }
}

/**
 * Turns a violation into a finding: shrinks its plan, runs the smallest once more to record it, and makes its token.
 *
 * @param shrinks false keeps the plan of the trial as it is
 * @throws {ShakedownError} of kind `harness` where the recorded trial no longer shows the violation
 */
export async function findSmallestCause(spec: ShrinkSpec, file: string, shrinks = true): Promise<FindingCore> {
  const asFound = { plan: trialPlan(spec.scenario, spec.seed, spec.trial), trials: 0 }
  const { plan, trials: shrinkTrials } = shrinks ? await shrinkPlan(spec) : asFound
  const { witness, ...recorded } = await recordTrial(spec, plan)
  const { scenario, trial, property } = spec
  if (witness === null) {
    throw harnessError(
      'NOT_REPRODUCED',
      `scenario "${scenario.name}": trial ${trial} violated ${property} but not when it was run again; the agent keeps state outside its factory or reads something that is outside the world.`,
    )
  }
  const token = findingToken(spec, { file, plan, traceHash: recorded.traceHash })
  return { property, plan, shrinkTrials, witness, ...recorded, token }
}
