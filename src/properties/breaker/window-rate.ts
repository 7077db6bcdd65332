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
  /** So many more calls may be among the total, none of them bad. */
  readonly spare: number
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
 * of the window, and which of them (opossum counts starts, resilience4j ends); where the slices of a time window lie,
 * so that a call leaves it up to a slice early (a second, or a tenth of a longer window); and whether an uncertain call
 * counts, of each one anew.
 */
export function judgeRate(
  rule: RateRule,
  samples: readonly Sample[],
  surroundings: Surroundings,
  isBad: (sample: Sample, inDoubt: boolean) => boolean,
): RateDecision {
  const readings = choicesOf(samples, isBad).flatMap((choice) => readingsOf(rule.window, choice, surroundings))
  const plain = readings[0] ?? { bad: 0, total: 0 }
  const trips = readings.map((reading) => opens(rule, reading))
  return {
    must: trips.length > 0 && trips.every(Boolean),
    may: trips.some(Boolean),
    isExact: plain.total >= rule.minimumCalls && Math.abs(plain.bad - rule.threshold * plain.total) < noise,
    ...{ bad: plain.bad, total: plain.total },
  }
}

/** Which uncertain calls count, and how. */
interface Choice {
  readonly counted: readonly Sample[]
  /** Uncertain calls that went well: as many of them count as the rule wants to speak at all. */
  readonly spare: readonly Sample[]
  readonly isBad: (sample: Sample) => boolean
}

/**
 * What may be made of uncertain calls; the first is the plain way, in which all of them count.
 *
 * Of all ways the extremes are enough: the fewest calls, the lowest rate, and the highest rate.
 */
function choicesOf(
  samples: readonly Sample[],
  isBad: (sample: Sample, inDoubt: boolean) => boolean,
): readonly Choice[] {
  const atWorst = (sample: Sample): boolean => isBad(sample, true)
  const atBest = (sample: Sample): boolean => isBad(sample, false)
  const all: Choice = { counted: samples, spare: [], isBad: atWorst }
  if (!samples.some(({ isOptional }) => isOptional)) return [all]
  return [
    all,
    { ...all, counted: samples.filter(({ isOptional }) => !isOptional) },
    { ...all, counted: samples.filter((sample) => !sample.isOptional || !atBest(sample)), isBad: atBest },
    {
      ...all,
      counted: samples.filter((sample) => !sample.isOptional || atWorst(sample)),
      spare: samples.filter((sample) => sample.isOptional && !atWorst(sample)),
    },
  ]
}

function opens({ threshold, minimumCalls, opens: comparison }: RateRule, { bad, total, spare }: Reading): boolean {
  const wanted = Math.max(total, Math.min(minimumCalls, total + spare))
  if (wanted < minimumCalls || bad === 0) return false
  const excess = bad - threshold * wanted
  return comparison === 'at' ? excess > -noise : excess > noise
}

/** The windows that may be meant; the first is the plain one. */
function readingsOf(
  window: BreakerWindow,
  { counted, spare, isBad }: Choice,
  { at, underWay }: Surroundings,
): readonly Reading[] {
  if ('calls' in window) {
    const last = counted.slice(-window.calls)
    const room = Math.min(spare.length, window.calls - last.length)
    return totals(last.filter(isBad).length, [last.length, last.length + underWay.length], room)
  }
  const oldest = at - window.ms
  const latest = oldest + Math.min(window.ms, Math.max(1_000, window.ms / 10))
  const moments = [...[...counted, ...spare].flatMap(({ at: end, startedAt }) => [end, startedAt]), ...underWay]
  const edges = [oldest, ...moments.filter((moment) => moment >= oldest && moment < latest).map(justAfter)]
  return edges.flatMap((from) => {
    const inside = counted.filter((sample) => sample.at >= from)
    const begun = counted.filter(({ startedAt }) => startedAt >= from).length
    const open = underWay.filter((startedAt) => startedAt >= from).length
    const room = spare.filter((sample) => sample.at >= from).length
    return totals(inside.filter(isBad).length, [inside.length, inside.length + open, begun + open], room)
  })
}

const justAfter = (moment: number): number => moment + 1e-6

/** Each total that may be meant, and all from the least to the most: of calls under way some may count. */
function totals(bad: number, totalsMeant: readonly number[], room: number): readonly Reading[] {
  const [least, most] = [Math.min(...totalsMeant), Math.max(...totalsMeant)]
  const any: Reading = { bad, total: least, spare: most - least + room }
  const each = [...new Set(totalsMeant)].map((total) => ({ bad, total, spare: 0 }))
  return any.spare > 0 ? [...each, any] : each
}

/** Whether a bad call has left the window, so that it may no longer count. */
export function hasExpired({ window }: RateRule, samples: readonly Sample[], at: number): boolean {
  const gone =
    'calls' in window ? samples.slice(0, -window.calls) : samples.filter((sample) => sample.at < at - window.ms)
  return gone.some(({ failed, isSlow }) => failed === 'yes' || isSlow)
}
