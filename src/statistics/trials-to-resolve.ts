import { binomialLogPmf } from './binomial.ts'
import { chanceOfAtLeast, chanceOfAtMost } from './binomial-tail.ts'
import { firstWhere } from './first-where.ts'
import { requireAlpha, requireRate } from './require-share.ts'
import { requireWhole } from './require-whole.ts'
import { verdictCounts } from './verdict-counts.ts'

/** What a run shall find out, and how surely. */
export interface ResolvePlan {
  /** The true rate that is assumed, 0 to 1. */
  readonly rate: number
  /** The target that it shall be told from, 0 to 1. */
  readonly target: number
  /** Chance of the right verdict, default 0.8. */
  readonly power?: number
  /** One minus the coverage of the two-sided interval, default 0.05. */
  readonly alpha?: number
  /** Most trials that are thought of, default a million. */
  readonly limit?: number
}

/**
 * The smallest number of trials with which a run tells an assumed rate from a target: reached where the rate is above,
 * missed where it is below, by a Clopper–Pearson interval, with at least the power asked for.
 *
 * To be used before a run. Exact; a somewhat larger number may do slightly worse, for counts are whole. Where trials come
 * in clusters, multiply by the design effect.
 *
 * @returns null where the limit is not enough, which it never is for a rate that is the target
 */
export function trialsToResolve(plan: ResolvePlan): number | null {
  const { rate, target, power = 0.8, alpha = 0.05, limit = 1_000_000 } = plan
  requireRate('The rate', rate)
  requireRate('The target', target)
  requireAlpha(power, 'Power')
  requireAlpha(alpha)
  requireWhole('The limit', limit, 1)
  if (rate === target) return null
  const chances = rate > target ? chancesToReach : chancesToMiss
  // A test that tosses a coin at the edge does at least as well, and ever better with more trials: it can be bisected.
  const fewest = firstWhere((trials) => chances(trials, rate, target, alpha).withCoin >= power, 1, limit + 1)
  for (let trials = fewest; trials <= limit; trials++) {
    if (chances(trials, rate, target, alpha).asItIs >= power) return trials
  }
  return null
}

interface Chances {
  readonly asItIs: number
  /** As if the count next to the edge counted in part, so that the error is α/2 to the last digit. */
  readonly withCoin: number
}

function chancesToReach(trials: number, rate: number, target: number, alpha: number): Chances {
  const edge = verdictCounts(trials, target, alpha).reachedFrom
  const asItIs = chanceOfAtLeast(edge, trials, rate)
  if (edge === 0) return { asItIs, withCoin: asItIs }
  const left = alpha / 2 - chanceOfAtLeast(edge, trials, target)
  return { asItIs, withCoin: asItIs + partOf(left, edge - 1, trials, rate, target) }
}

function chancesToMiss(trials: number, rate: number, target: number, alpha: number): Chances {
  const edge = verdictCounts(trials, target, alpha).missedUpTo
  const asItIs = edge < 0 ? 0 : chanceOfAtMost(edge, trials, rate)
  if (edge === trials) return { asItIs, withCoin: asItIs }
  const left = alpha / 2 - (edge < 0 ? 0 : chanceOfAtMost(edge, trials, target))
  return { asItIs, withCoin: asItIs + partOf(left, edge + 1, trials, rate, target) }
}

/** What a count adds at the rate when so much of its chance at the target may be used. */
function partOf(left: number, count: number, trials: number, rate: number, target: number): number {
  const log = binomialLogPmf(count, trials, rate) - binomialLogPmf(count, trials, target)
  return Math.max(0, left) * Math.exp(log)
}
