import { logEValue } from './e-value.ts'
import type { Interval } from './interval.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/** Enough for bisection to reach the last digit. */
const steps = 100

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
  return [successes === 0 ? 0 : edge(isHeld, seen, 0), successes === trials ? 1 : edge(isHeld, seen, 1)]
}

/** Where the rates that are held end, on the way from one of them to one beyond. */
function edge(isHeld: (rate: number) => boolean, inside: number, outside: number): number {
  for (let step = 0; step < steps; step++) {
    const middle = (inside + outside) / 2
    if (middle === inside || middle === outside) break
    if (isHeld(middle)) inside = middle
    else outside = middle
  }
  return outside
}
