import { harnessError } from '../contract/errors.ts'
import { breakerLanes } from '../scenario/breaker-lanes.ts'
import type { FindingCore } from '../scenario/finding.ts'
import { trialPlan } from '../scenario/plans.ts'
import { findingToken } from '../scenario/finding-token.ts'
import type { ShrinkSpec } from '../scenario/shrink.ts'
import { timelineOf } from '../scenario/timeline.ts'
import { placedWitness } from '../scenario/placed-witness.ts'
import type { LostTrial } from './job.ts'
import { lostTrialResult } from './lost-trial.ts'

/** The finding of a trial that took its process along: its plan as it was, because each attempt to shrink it would too. */
export function lostFinding(spec: ShrinkSpec, lost: LostTrial, file: string): FindingCore {
  const { scenario, judge, seed, trial, property } = spec
  const plan = trialPlan(scenario, seed, trial)
  const { verdicts, events, hash } = lostTrialResult(judge, lost)
  const verdict = verdicts.get(property)
  if (verdict?.verdict !== 'violated') {
    throw harnessError(
      'LOST_TRIAL',
      `scenario "${scenario.name}": trial ${trial} ${lost.how}, which does not explain a violation of ${property}; report this as a defect of Shakedown.`,
    )
  }
  const breakers = breakerLanes(events, scenario.profile)
  return {
    property,
    plan,
    shrinkTrials: 0,
    witness: placedWitness(verdict.witness, property, { events, plan, judge }),
    timeline: timelineOf(events, plan, scenario),
    ...(breakers.length > 0 && { breakers }),
    traceHash: hash,
    token: findingToken(spec, { file, plan, traceHash: hash }),
  }
}
