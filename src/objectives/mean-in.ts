import type { Interval } from '../statistics/interval.ts'
import { meanInterval } from '../statistics/mean-interval.ts'
import type { Moments } from './distribution.ts'
import { type Reading, plainReading } from './population.ts'
import { countedTaskIds } from './rate-in.ts'
import type { TaskCounts } from './task-counts.ts'

/** Observations below which the normal approximation of a mean says nothing. */
export const fewestForMean = 100

/** A mean with its interval, which is null where too few tasks back it. */
export interface MeasuredMean {
  readonly mean: number
  readonly interval: Interval | null
}

/**
 * A mean over tasks with the interval that the reading of its condition asks for.
 *
 * Nothing shows how much the values of one task agree: for `tasks like these`, each task is one observation. The normal
 * approximation holds for one look; a mean without bounds has no interval that may be looked at on the way.
 *
 * @param values how many the moments are of
 * @param tasks whose values they are
 */
export function meanIn(
  { reading = plainReading }: { readonly reading?: Reading },
  moments: Moments,
  values: number,
  { trials, byTask }: Pick<TaskCounts, 'trials' | 'byTask'>,
): MeasuredMean {
  const { population, isSequential, alpha } = reading
  const observations = Math.min(population === 'these tasks' ? trials : countedTaskIds(byTask), values)
  const isKnown = !isSequential && observations >= fewestForMean
  return { mean: moments.mean, interval: isKnown ? meanInterval(moments, observations, alpha) : null }
}
