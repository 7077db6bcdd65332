import { chanceOfAtLeast } from '../statistics/binomial-tail.ts'
import { verdictChances } from '../statistics/verdict-chances.ts'

/** How a gate turns the counts of one share into an outcome, where chances follow from it. */
export type GateRule =
  /** By the exact interval. A miss has a level of its own, because misses of several gates are judged together. */
  | { readonly kind: 'interval'; readonly level: number; readonly missAlpha: number }
  /** By counting: so many of so many. */
  | { readonly kind: 'count'; readonly needed: number; readonly of: number }

/** How likely each outcome of a gate is, 0 to 1. */
export interface GateChances {
  readonly passed: number
  readonly failed: number
  readonly undecided: number
}

/** α of the intervals that gate. */
export const gateAlpha = 0.05

/**
 * The α at which a miss must be seen by itself to survive Holm's adjustment over all gates of a measure.
 *
 * The adjustment of the smallest p-value, so that chances are those of a gate that is the only one to miss.
 */
export function missAlphaOf(gates: number, familywise: 'holm' | 'none'): number {
  return familywise === 'none' ? gateAlpha : gateAlpha / Math.max(1, gates)
}

/**
 * How likely each outcome is where the true rate is assumed to be so much. Exact, by the very rule of the gate.
 *
 * @param observations trials that the share rests on, at least 1; a count looks at no more than its own number
 * @param rate of good events, 0 to 1
 */
export function gateChances(rule: GateRule, observations: number, rate: number): GateChances {
  if (rule.kind === 'count') {
    const made = Math.min(observations, rule.of)
    const passed = chanceOfAtLeast(rule.needed, made, rate)
    // Too few for the repeats that are still to come to make up for.
    const failed = made === rule.of ? 1 - passed : chanceOfFewerThan(rule.needed - (rule.of - made), made, rate)
    return { passed, failed, undecided: Math.max(0, 1 - passed - failed) }
  }
  const passed = verdictChances(observations, rate, rule.level, gateAlpha).reached
  const failed = verdictChances(observations, rate, rule.level, rule.missAlpha).missed
  return { passed, failed, undecided: Math.max(0, 1 - passed - failed) }
}

function chanceOfFewerThan(successes: number, trials: number, rate: number): number {
  return 1 - chanceOfAtLeast(successes, trials, rate)
}

/** Chances of a gate that all its parts must pass and each of them can fail, taken as independent. */
export function chancesOfAll(parts: readonly GateChances[]): GateChances {
  const passed = parts.reduce((product, part) => product * part.passed, 1)
  const failed = 1 - parts.reduce((product, part) => product * (1 - part.failed), 1)
  return { passed, failed, undecided: Math.max(0, 1 - passed - failed) }
}
