import type { Interval } from './interval.ts'
import { normalQuantile } from './normal-quantile.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The Wilson interval of a rate with a correction for continuity: nearly as wide as Clopper–Pearson, without its proof.
 *
 * To be used to agree with what R's `prop.test` prints. Source: Newcombe, Statistics in Medicine 17 (1998) 857, method 4.
 *
 * @param successes 0 to `trials`
 * @param trials more than 0
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function wilsonCorrected(successes: number, trials: number, alpha = 0.05): Interval {
  requireCounts(successes, trials)
  requireAlpha(alpha)
  const low = lowerBound(successes, trials, alpha)
  return [low, 1 - lowerBound(trials - successes, trials, alpha)]
}

function lowerBound(successes: number, trials: number, alpha: number): number {
  if (successes === 0) return 0
  const z = normalQuantile(1 - alpha / 2)
  const under = z * z - 2 - 1 / trials + 4 * (successes / trials) * (trials - successes + 1)
  return Math.max(0, (2 * successes + z * z - 1 - z * Math.sqrt(Math.max(0, under))) / (2 * (trials + z * z)))
}
