import type { Interval } from './interval.ts'
import { requireCounts } from './require-counts.ts'
import { wilson } from './wilson.ts'

/** Pairs of trials with the same seed, by which of the two agents succeeded. */
export interface PairTally {
  readonly both: number
  readonly firstOnly: number
  readonly secondOnly: number
  readonly neither: number
}

/**
 * The two-sided interval of a difference of two rates over the same seeds, first minus second.
 *
 * To be used for display of two agents that ran with the same fault plans, each task once; where tasks repeat, take the
 * clustered error. The distances of two Wilson intervals, added by the cosine rule with the correlation of the pairs, which
 * is corrected for continuity. Source: Newcombe, Statistics in Medicine 17 (1998) 2635, method 10.
 *
 * @param alpha one minus the coverage, 0.05 for 95 %
 * @throws a usage error for counts that cannot be, and where there is no pair
 */
export function newcombePaired(pairs: PairTally, alpha = 0.05): Interval {
  const { both, firstOnly, secondOnly, neither } = pairs
  const size = both + firstOnly + secondOnly + neither
  for (const count of [both, firstOnly, secondOnly, neither]) requireCounts(count, size)
  const [rate1, rate2] = [(both + firstOnly) / size, (both + secondOnly) / size]
  const [low1, high1] = wilson(both + firstOnly, size, alpha)
  const [low2, high2] = wilson(both + secondOnly, size, alpha)
  const phi = correlationOf(pairs, size)
  const difference = (firstOnly - secondOnly) / size
  return [difference - third(rate1 - low1, high2 - rate2, phi), difference + third(high1 - rate1, rate2 - low2, phi)]
}

function correlationOf({ both, firstOnly, secondOnly, neither }: PairTally, size: number): number {
  const margins = (both + firstOnly) * (secondOnly + neither) * (both + secondOnly) * (firstOnly + neither)
  if (margins === 0) return 0
  const product = both * neither - firstOnly * secondOnly
  const corrected = product < 0 ? product : Math.max(0, product - size / 2)
  return corrected / Math.sqrt(margins)
}

/** The third side of a triangle, by two sides and the cosine of the angle between them. */
function third(a: number, b: number, cosine: number): number {
  return Math.sqrt(Math.max(0, a * a + b * b - 2 * cosine * a * b))
}
