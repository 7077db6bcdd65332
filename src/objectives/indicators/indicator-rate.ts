import { sizeOf } from '../distribution.ts'
import type { MeasuredRate } from '../measured-rate.ts'
import type { Reading } from '../population.ts'
import { rateIn } from '../rate-in.ts'
import type { OutcomesByTask } from '../task-outcomes.ts'
import type { IndicatorCounts } from './indicator-counts.ts'

/** What the events of an indicator belong to. */
interface Around {
  /** Trials behind the tasks: events of several strata of one trial count it once for each. */
  readonly trials: number
  readonly byTask: OutcomesByTask
}

interface Read {
  readonly reading?: Reading
}

/** The share of good events among those that are not excluded. */
export function goodRate(read: Read, counts: IndicatorCounts, around: Around): MeasuredRate {
  return shareOf(read, sizeOf(counts.good), counts, around)
}

/** The share of bad events among those that are not excluded; the mirror image of {@link goodRate}. */
export function badRate(read: Read, counts: IndicatorCounts, around: Around): MeasuredRate {
  return shareOf(read, sizeOf(counts.bad), counts, around)
}

function shareOf(read: Read, count: number, { trials, good, bad }: IndicatorCounts, around: Around): MeasuredRate {
  const of = sizeOf(good) + sizeOf(bad)
  return rateIn(read, { count, of, observations: Math.min(trials, around.trials), byTask: around.byTask })
}
