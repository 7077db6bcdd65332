import type { Interval } from './interval.ts'
import type { TaskTally } from './mean-pass-hat-k.ts'
import { wilson } from './wilson.ts'

/**
 * The two-sided interval of a difference of two independent rates, first minus second.
 *
 * To be used for display of two agents that did not share their seeds. The distances of two Wilson intervals, squared
 * and added. Source: Newcombe, Statistics in Medicine 17 (1998) 873, method 10.
 *
 * @param alpha one minus the coverage, 0.05 for 95 %
 * @throws a usage error for counts that cannot be
 */
export function newcombe(first: TaskTally, second: TaskTally, alpha = 0.05): Interval {
  const [rate1, rate2] = [first.successes / first.trials, second.successes / second.trials]
  const [low1, high1] = wilson(first.successes, first.trials, alpha)
  const [low2, high2] = wilson(second.successes, second.trials, alpha)
  const difference = rate1 - rate2
  return [difference - Math.hypot(rate1 - low1, high2 - rate2), difference + Math.hypot(high1 - rate1, rate2 - low2)]
}
