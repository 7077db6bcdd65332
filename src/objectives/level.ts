import type { Interval } from '../statistics/interval.ts'

/** What an interval says of the claim that the true value is at least a level. */
export type LevelVerdict = 'reached' | 'not reached' | 'undecided'

/**
 * Whether the true value is at least a level, as far as its interval can tell.
 *
 * `reached` when even the lower bound is; `not reached` when even the upper bound is below. An interval of coverage 1 − α
 * with equal tails is wrong either way with a probability of α / 2 at most.
 */
export function atLeastLevel([low, high]: Interval, level: number): LevelVerdict {
  if (low >= level) return 'reached'
  return high < level ? 'not reached' : 'undecided'
}

/** Whether the true value is at most a level; the mirror image of {@link atLeastLevel}. */
export function atMostLevel([low, high]: Interval, level: number): LevelVerdict {
  if (high <= level) return 'reached'
  return low > level ? 'not reached' : 'undecided'
}
