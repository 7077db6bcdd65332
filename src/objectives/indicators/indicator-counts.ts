import { z } from 'zod'
import { addCounts } from '../add-counts.ts'

const counts = z.record(z.string(), z.int().min(0))

/**
 * One service level indicator in counts: good, bad and excluded, each by reason.
 *
 * Together they are all events that the indicator could speak of; what is excluded is shown, never dropped.
 */
export const indicatorCountsSchema = z.strictObject({
  /** Trials with a good or bad event at least: events of one trial share an agent and are not independent. */
  trials: z.int().min(0),
  /** By what makes them good, e.g. `primary` or `fallback`. */
  good: counts,
  /** By what is wrong. */
  bad: counts,
  /** By why they say nothing, e.g. `no grader`. */
  excluded: counts,
})

export type IndicatorCounts = z.output<typeof indicatorCountsSchema>

/** One event as an indicator sees it. */
export interface IndicatorEvent {
  readonly side: 'good' | 'bad' | 'excluded'
  readonly reason: string
}

/** Nothing counted: the neutral element of the sum. */
export const nothingCounted: IndicatorCounts = { trials: 0, good: {}, bad: {}, excluded: {} }

/** Adds the counts of different events; associative and commutative. */
export function addIndicatorCounts(one: IndicatorCounts, other: IndicatorCounts): IndicatorCounts {
  return {
    trials: one.trials + other.trials,
    good: addCounts(one.good, other.good),
    bad: addCounts(one.bad, other.bad),
    excluded: addCounts(one.excluded, other.excluded),
  }
}

/** Counts the events of one trial. */
export function indicatorCountsOf(events: readonly IndicatorEvent[]): IndicatorCounts {
  const counts = {
    good: new Map<string, number>(),
    bad: new Map<string, number>(),
    excluded: new Map<string, number>(),
  }
  for (const { side, reason } of events) counts[side].set(reason, (counts[side].get(reason) ?? 0) + 1)
  return {
    trials: events.some(({ side }) => side !== 'excluded') ? 1 : 0,
    good: Object.fromEntries(counts.good),
    bad: Object.fromEntries(counts.bad),
    excluded: Object.fromEntries(counts.excluded),
  }
}
