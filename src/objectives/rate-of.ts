import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { wilson } from '../statistics/wilson.ts'
import type { MeasuredRate } from './measured-rate.ts'
import { outwards, rounded } from './rounded-interval.ts'

/**
 * A share with its intervals.
 *
 * Where one trial has several tasks, these share an agent and may all fail together. The intervals then count each
 * trial as one observation, as if they always did: wider than need be, and never too narrow.
 *
 * @param observations independent observations behind the counts; default as many as are counted
 * @param alpha one minus the coverage of the exact interval; the one for display keeps 95 %
 */
export function rateOf(count: number, of: number, observations: number = of, alpha = 0.05): MeasuredRate {
  const independent = Math.min(observations, of)
  if (of === 0) return { count, of, observations: 0, rate: null, wilson: null, exact: null, basis: 'trials' }
  const [seen, among] = independent === of ? [count, of] : [(count / of) * independent, independent]
  return {
    count,
    of,
    observations: independent,
    rate: rounded(count / of),
    wilson: outwards(wilson(seen, among)),
    exact: outwards(clopperPearson(seen, among, alpha)),
    basis: 'trials',
  }
}
