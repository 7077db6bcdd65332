import { crossing } from './crossing.ts'
import { logEValue } from './e-value.ts'
import type { Interval } from './interval.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The interval of a rate that may be read after every trial: with probability 1 − α it covers the true rate at all of
 * them at once.
 *
 * To be used by whatever runs until it knows enough; wider than Clopper–Pearson, which holds for one look only. It is the
 * set of rates whose e-value stays below 1/α (uniform mixture; Robbins 1970), the same that `rejectsRate` does not refute.
 *
 * @param trials 0 or more; none leave all from 0 to 1
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function confidenceSequence(successes: number, trials: number, alpha = 0.05): Interval {
  requireCounts(successes, trials, 'none')
  requireAlpha(alpha)
  const bound = -Math.log(alpha)
  const isHeld = (rate: number): boolean => logEValue(successes, trials, rate) < bound
  const seen = trials === 0 ? 0.5 : successes / trials
  return [successes === 0 ? 0 : crossing(isHeld, seen, 0), successes === trials ? 1 : crossing(isHeld, seen, 1)]
}
