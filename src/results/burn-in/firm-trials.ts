import type { GateRule } from '../../objectives/gate-rule.ts'
import { gateAlpha } from '../../objectives/gate-rule.ts'
import { clopperPearson } from '../../statistics/clopper-pearson.ts'
import { trialsToResolve } from '../../statistics/trials-to-resolve.ts'
import type { CountedGood } from './burnt-gate.ts'

/** What would make a gate come out the same. */
export type Firming =
  /** About so many trials under each condition: the right outcome in 99 of 100 runs. */
  | { readonly kind: 'trials'; readonly trials: number }
  /** No more than there are: runs that came out otherwise were bad luck, as far as all of them tell. */
  | { readonly kind: 'enough' }
  /** None, as far as anybody can tell: all runs together do not tell the agent from the level. */
  | { readonly kind: 'on its level' }
  /** More than anybody makes. */
  | { readonly kind: 'too many' }
  /** A count stays a count, however many trials are made. */
  | { readonly kind: 'count' }

/** Chance of the right outcome that makes a gate firm. */
const wantedPower = 0.99

/** What a gate is made of, over all runs of a burn-in. */
export interface PooledGate {
  readonly rule: GateRule
  /** Of all runs together. */
  readonly shares: readonly CountedGood[]
  /** Runs of the burn-in. */
  readonly runs: number
  /** Trials of each under each condition. */
  readonly trials: number
}

/**
 * How many trials make a gate firm, from the pooled rates: an estimate, and none where the pooled rate itself cannot be
 * told from the level.
 */
export function firmTrials({ rule, shares, runs, trials }: PooledGate): Firming {
  if (rule.kind === 'count') return { kind: 'count' }
  const counted = shares.filter(({ observations }) => observations > 0)
  if (counted.some((share) => isOnLevel(share, rule.level))) return { kind: 'on its level' }
  const power = 1 - (1 - wantedPower) / Math.max(1, counted.length)
  let most = 0
  for (const { good, of, observations } of counted) {
    const rate = good / of
    const alpha = rate > rule.level ? gateAlpha : rule.missAlpha
    const needed = trialsToResolve({ rate, target: rule.level, power, alpha })
    if (needed === null) return { kind: 'too many' }
    most = Math.max(most, (needed * trials * runs) / observations)
  }
  return most <= trials ? { kind: 'enough' } : { kind: 'trials', trials: twoDigits(most) }
}

function isOnLevel({ good, of, observations }: CountedGood, level: number): boolean {
  const [low, high] = clopperPearson((good / of) * observations, observations)
  return low <= level && level <= high
}

/** Rounded up to two digits: more would not be true. */
function twoDigits(trials: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(trials)) - 1)
  return Math.ceil(trials / unit) * unit
}
