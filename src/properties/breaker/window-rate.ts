import type { BreakerWindow } from '../../contract/breaker-profile.ts'
import type { Sample } from './sample.ts'

/** A rule that opens on a share of the calls in a window. */
export interface RateRule {
  readonly threshold: number
  readonly window: BreakerWindow
  readonly minimumCalls: number
  readonly opens: 'at' | 'above'
}

/** What a rule makes of a window, over everything that the trace leaves open. */
export interface RateDecision {
  readonly must: boolean
  readonly may: boolean
  /** Whether the rate is the threshold exactly, with enough calls to speak of it. */
  readonly isExact: boolean
  readonly bad: number
  readonly total: number
}

interface Reading {
  readonly bad: number
  readonly total: number
}

/** When a window is looked at, and when the calls began that have not ended. */
export interface Surroundings {
  readonly at: number
  readonly underWay: readonly number[]
}

/** Room for the noise of floating point in `threshold · total`. */
const noise = 1e-9

/**
 * Judges a rate rule after a call has ended.
 *
 * Three things are not visible, and each way of doing them is permitted: whether calls under way are among the calls
 * of the window (opossum counts starts, resilience4j ends); where the slices of a time window lie, so that a call
 * leaves it up to a slice early (a second, or a tenth of a longer window); and whether an uncertain call counts.
 */
export function judgeRate(
  rule: RateRule,
  samples: readonly Sample[],
  { at, underWay }: Surroundings,
  isBad: (sample: Sample, inDoubt: boolean) => boolean,
): RateDecision {
  const isUncertain = samples.some(({ isOptional, failed }) => isOptional || failed === 'maybe')
  const doubts = isUncertain ? [true, false] : [true]
  const readings = doubts.flatMap((inDoubt) =>
    (isUncertain ? [true, false] : [true]).flatMap((keepOptional) => {
      const kept = keepOptional ? samples : samples.filter(({ isOptional }) => !isOptional)
      return readingsOf(rule.window, kept, { at, underWay }, (sample) => isBad(sample, inDoubt))
    }),
  )
  const plain = readings[0] ?? { bad: 0, total: 0 }
  const trips = readings.map((reading) => opens(rule, reading))
  return {
    must: trips.length > 0 && trips.every(Boolean),
    may: trips.some(Boolean),
    isExact: plain.total >= rule.minimumCalls && Math.abs(plain.bad - rule.threshold * plain.total) < noise,
    ...plain,
  }
}

function opens({ threshold, minimumCalls, opens: comparison }: RateRule, { bad, total }: Reading): boolean {
  if (total < minimumCalls || bad === 0) return false
  const excess = bad - threshold * total
  return comparison === 'at' ? excess > -noise : excess > noise
}

/** The windows that may be meant; the first is the plain one. */
function readingsOf(
  window: BreakerWindow,
  samples: readonly Sample[],
  { at, underWay }: Surroundings,
  isBad: (sample: Sample) => boolean,
): readonly Reading[] {
  if ('calls' in window) {
    const last = samples.slice(-window.calls)
    return totals(last.filter(isBad).length, [last.length, last.length + underWay.length])
  }
  const oldest = at - window.ms
  const latest = oldest + Math.min(window.ms, Math.max(1_000, window.ms / 10))
  const moments = [...samples.flatMap(({ at: end, startedAt }) => [end, startedAt]), ...underWay]
  const edges = [oldest, ...moments.filter((moment) => moment >= oldest && moment < latest).map(justAfter)]
  return edges.flatMap((from) => {
    const inside = samples.filter((sample) => sample.at >= from)
    const begun = samples.filter(({ startedAt }) => startedAt >= from).length
    const open = underWay.filter((startedAt) => startedAt >= from).length
    return totals(inside.filter(isBad).length, [inside.length, inside.length + open, begun + open])
  })
}

const justAfter = (moment: number): number => moment + 1e-6

function totals(bad: number, totalsMeant: readonly number[]): readonly Reading[] {
  return [...new Set(totalsMeant)].map((total) => ({ bad, total }))
}

/** Whether a bad call has left the window, so that it may no longer count. */
export function hasExpired({ window }: RateRule, samples: readonly Sample[], at: number): boolean {
  const gone =
    'calls' in window ? samples.slice(0, -window.calls) : samples.filter((sample) => sample.at < at - window.ms)
  return gone.some(({ failed, isSlow }) => failed === 'yes' || isSlow)
}
