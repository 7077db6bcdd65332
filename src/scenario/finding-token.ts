import type { FaultPlan } from '../contract/fault.ts'
import { encodeToken } from './replay-token.ts'
import type { ShrinkSpec } from './shrink.ts'

/** Digits of a trace's hash in a token: enough to tell that a replay is of another trace. */
const hashDigits = 16

/**
 * The token that replays a violation under a plan.
 *
 * @param file scenario file, relative to the configuration
 * @param traceHash of the trial under that plan
 */
export function findingToken(
  { scenario, seed, trial, property, configOfToken = null }: ShrinkSpec,
  { file, plan, traceHash }: { readonly file: string; readonly plan: FaultPlan; readonly traceHash: string },
): string {
  return encodeToken({
    file,
    ...(configOfToken !== null && { config: configOfToken }),
    scenario: scenario.name,
    seed,
    trial,
    property,
    plan,
    hash: traceHash.slice(0, hashDigits),
  })
}
