import { clopperPearson } from '../statistics/clopper-pearson.ts'
import type { Interval } from '../statistics/interval.ts'
import { wilson } from '../statistics/wilson.ts'
import type { MeasuredRate } from './measured-rate.ts'

const million = 1_000_000

/**
 * A share with its intervals.
 *
 * Where one trial has several tasks, these share an agent and may all fail together. The intervals then count each
 * trial as one observation, as if they always did: wider than need be, and never too narrow.
 *
 * @param observations independent observations behind the counts; default as many as are counted
 */
export function rateOf(count: number, of: number, observations: number = of): MeasuredRate {
  const independent = Math.min(observations, of)
  if (of === 0) return { count, of, observations: 0, rate: null, wilson: null, exact: null }
  const [seen, among] = independent === of ? [count, of] : [(count / of) * independent, independent]
  return {
    count,
    of,
    observations: independent,
    rate: Math.round((count / of) * million) / million,
    wilson: outwards(wilson(seen, among)),
    exact: outwards(clopperPearson(seen, among)),
  }
}

/** Rounded so that the interval only gets wider: verdicts are drawn from the very numbers that are shown. */
function outwards([low, high]: Interval): [number, number] {
  return [Math.floor(low * million) / million, Math.ceil(high * million) / million]
}
