import type { Interval } from '../../statistics/interval.ts'
import { mcNemar } from '../../statistics/mc-nemar.ts'
import { newcombePaired } from '../../statistics/newcombe-paired.ts'
import { type DriftCounts, type DriftPairs, pairsFrom, trialsFrom } from './drift-counts.ts'

/** How much worse conversations end than they begin, with what it was drawn from. */
export interface Drift {
  readonly pairs: DriftPairs
  /** Conversations with both ends counted. */
  readonly of: number
  /** Share solved at the first turn less share solved at the last; null for no conversation. */
  readonly difference: number | null
  /** Two-sided interval of the difference, 95 % unless another is asked for (Newcombe, paired); null for no conversation. */
  readonly interval: Interval | null
  /** Exact McNemar test of no difference, two-sided; null for no conversation, and where trials have several. */
  readonly pValue: number | null
}

/**
 * The drift of conversations of at least so many turns, each compared with itself.
 *
 * Conversations of one trial share an agent: where there are more of them than trials, the interval counts each trial once.
 *
 * @param alpha one minus the coverage of the interval, default 0.05
 */
export function driftOf(counts: DriftCounts, turns: number, alpha?: number): Drift {
  const pairs = pairsFrom(counts, turns)
  const { both, firstOnly, lastOnly, neither } = pairs
  const of = both + firstOnly + lastOnly + neither
  if (of === 0) return { pairs, of, difference: null, interval: null, pValue: null }
  const share = Math.min(1, trialsFrom(counts, turns) / of)
  const tally = { both, firstOnly, secondOnly: lastOnly, neither }
  const independent = Object.fromEntries(
    Object.entries(tally).map(([key, count]) => [key, count * share]),
  ) as typeof tally
  return {
    pairs,
    of,
    difference: (firstOnly - lastOnly) / of,
    interval: newcombePaired(independent, alpha),
    pValue: share === 1 ? mcNemar(firstOnly, lastOnly) : null,
  }
}
