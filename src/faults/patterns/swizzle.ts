import * as fc from 'fast-check'
import type { Fault, FaultTarget } from '../../contract/fault.ts'
import { usageError } from '../../contract/errors.ts'
import { familiesOf } from '../arbitraries/whole-plans.ts'
import type { PlanSource } from '../arbitraries/plan.ts'
import { broken } from './breakage.ts'

/** How upstreams are stalled and let go; virtual milliseconds. */
export interface Swizzle {
  /** When the first stalls; default 0. */
  readonly fromMs?: number
  /** Between one stall and the next, and between one release and the next; default 2 000. */
  readonly stepMs?: number
}

/**
 * Stalls some of the upstreams one after another and lets them go in another order.
 *
 * A stalled upstream takes its calls and holds the answers back until it is let go. Two orders meet, so that every
 * combination of stalled and healthy upstreams comes up, also those that no single outage makes.
 * Source: the swizzle-clogging of FoundationDB's simulation.
 *
 * @throws {ShakedownError} of kind `usage` for fewer than two targets
 */
export function swizzle(targets: readonly FaultTarget[], { fromMs = 0, stepMs = 2_000 }: Swizzle = {}): PlanSource {
  if (targets.length < 2) {
    throw usageError(
      'SWIZZLE',
      `faults.patterns.swizzle() needs two upstreams at least, and was given ${targets.length}; name those that one task calls.`,
    )
  }
  const arbitrary = fc.shuffledSubarray([...targets], { minLength: 1 }).chain((stalled) =>
    fc.shuffledSubarray(stalled, { minLength: stalled.length }).map((letGo) => ({
      faults: stalled.map((target, ordinal) => {
        const untilMs = fromMs + (stalled.length + letGo.indexOf(target)) * stepMs
        return stall(target, fromMs + ordinal * stepMs, untilMs)
      }),
    })),
  )
  return { families: familiesOf([{ id: 'latency.until' }]), arbitrary }
}

function stall(target: FaultTarget, fromMs: number, untilMs: number): Fault {
  return broken({ id: 'latency.until', parameters: { untilMs } }, target, { on: 'between', fromMs, toMs: untilMs })
}
