import { emptyPlan } from '../contract/fault.ts'
import type { FaultPlan } from '../contract/fault.ts'
import { bookedOn } from '../faults/booked-on.ts'
import type { AttributedFailure, Booking } from '../results/attribution-schema.ts'
import type { MeasuredFailure } from '../results/measure-tally.ts'
import type { Condition } from './measure-input.ts'
import { measuredTasks } from './measured-task.ts'
import { findMinimalCauses } from './minimal-causes.ts'
import type { Scenario } from './scenario.ts'
import { type Strike, planOfStrikes, strikesOf } from './strikes.ts'
import { type TrialResult, runTrial } from './trial.ts'

/** Which failure to attribute. */
export interface AttributionSpec {
  readonly scenario: Scenario
  readonly seed: number
  readonly condition: Condition
  readonly failure: MeasuredFailure
  readonly onTurn: () => void
  readonly onTrial: (trial: number) => void
}

/** Bounded by trials and never by time, so that the same cause is found on any machine. */
const mostTrials = 120

/**
 * Finds out by counterfactuals why a task failed.
 *
 * The trial is run again without any fault; a failure that stays is organic. Otherwise its faults are reduced to what
 * they struck, and the strikes to a minimal set that still causes the failure, which bears it. Taking one strike away
 * leaves the draws of all others as they were.
 */
export async function attributeFailure(spec: AttributionSpec): Promise<AttributedFailure> {
  const { failure, condition } = spec
  const plan: FaultPlan = { faults: [...condition.faults] }
  let trials = 0
  const run = (under: FaultPlan): Promise<TrialResult> => {
    trials++
    return runAgain(spec, under)
  }
  const judged = (bookings: Booking, sets: readonly (readonly Strike[])[], isMinimal = true): AttributedFailure => {
    const [cause = emptyPlan, ...alternatives] = sets.map((set) => planOfStrikes(plan, set))
    const upstreams = [...new Set(sets.flat().map(({ upstream }) => upstream))].toSorted()
    return { ...failure, bookedOn: bookings, plan: cause, alternatives, upstreams, isMinimal, trials }
  }
  const original = await run(plan)
  if (!hasFailed(original, failure)) return judged('unexplained', [])
  if (hasFailed(await run(emptyPlan), failure)) return judged('organic', [])
  const strikes = strikesOf(original.events, plan)
  const causes = (kept: readonly Strike[]): FaultPlan => planOfStrikes(plan, kept)
  if (!hasFailed(await run(causes(strikes)), failure)) return judged('unexplained', [])
  const found = await findMinimalCauses(strikes, async (kept) =>
    // Without any strike it is the run without faults, which has passed.
    kept.length === 0 ? false : trials >= mostTrials ? null : hasFailed(await run(causes(kept)), failure),
  )
  const sets = [found.set, ...found.alternatives]
  return judged(bookingOf(sets.map(causes)), sets, found.isMinimal)
}

/**
 * Redundant causes count together: where the provider's fault and the tool's would each have been enough, booking the
 * failure on either alone would be arbitrary.
 */
function bookingOf(plans: readonly FaultPlan[]): Booking {
  const budgets = new Set(plans.flatMap(({ faults }) => faults.map(bookedOn)))
  const [budget] = budgets
  return budgets.size === 1 && budget !== undefined ? budget : 'shared'
}

function runAgain(
  { scenario, seed, condition: { paraphrased = 0 }, failure: { trial }, onTurn, onTrial }: AttributionSpec,
  plan: FaultPlan,
): Promise<TrialResult> {
  onTrial(trial)
  return runTrial({ scenario, seed, trial, plan, paraphrased, keep: true, onTurn })
}

function hasFailed(result: TrialResult, { index }: MeasuredFailure): boolean {
  const task = measuredTasks(result)[index]
  return task !== undefined && task.excluded === null && task.problem !== null
}
