import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { type BudgetCounts, addBudgetCounts, budgetCountsSchema, noEvents } from './budget-counts.ts'
import { type Fraction, complementOf, fractionOf, numberOf } from './fraction.ts'

/** Events that were counted at one time, e.g. those of one run, or of one minute of virtual time. */
export const countedEventsSchema = budgetCountsSchema.extend({
  /** When: milliseconds since any moment that the whole series shares, e.g. since 1970. */
  at: z.int(),
})

export type CountedEvents = z.input<typeof countedEventsSchema>

/** Which part of a series is asked for. */
export interface BurnWindow {
  /** Share of events that shall be good, 0 to 1. */
  readonly target: number
  readonly windowMs: number
  /** The end of the window, in the time of the series; events at this moment count, those at its start do not. */
  readonly at: number
}

/** How fast a budget burns within a window. */
export interface BurnRate extends BudgetCounts {
  /** Events that count: good and bad ones. */
  readonly events: number
  /**
   * Times faster than the target allows: at 1, a period ends with its budget just spent. Null without events; infinite
   * for a bad event against a target of 1.
   */
  readonly rate: number | null
}

const windowSchema = z.strictObject({ target: z.number().min(0).max(1), windowMs: z.int().min(1), at: z.int() })

/**
 * How many times faster than its target allows a budget burns: the share of bad events over the share that may be bad.
 *
 * A share over a share: the length of the window is no part of it. 0.1 % of bad events at a target of 99.9 % is 1.
 *
 * @throws {ShakedownError} of kind `usage` for a target outside 0 to 1, or counts that are no whole numbers from 0
 */
export function burnRate(series: readonly CountedEvents[], window: BurnWindow): BurnRate {
  const { target, windowMs, at } = parseInput(windowSchema, window, 'burn rate', 'give a target and whole milliseconds')
  const counts = countedWithin(readSeries(series), windowMs, at)
  const exact = exactBurn(counts, target)
  const rate = exact === null ? null : exact === 'infinite' ? Infinity : numberOf(exact)
  return { ...counts, events: counts.good + counts.bad, rate }
}

/** @throws {ShakedownError} of kind `usage` naming the place in the series */
export function readSeries(series: readonly CountedEvents[]): readonly z.output<typeof countedEventsSchema>[] {
  return parseInput(z.array(countedEventsSchema), series, 'series of counted events', 'give whole counts from 0')
}

/** The sum of what was counted after the start of a window, up to its end. */
export function countedWithin(
  series: readonly z.output<typeof countedEventsSchema>[],
  windowMs: number,
  at: number,
): BudgetCounts {
  return series
    .filter((bucket) => bucket.at > at - windowMs && bucket.at <= at)
    .reduce<BudgetCounts>(addBudgetCounts, noEvents)
}

/** The burn rate as an exact fraction; null without events. */
export function exactBurn({ good, bad }: BudgetCounts, target: number): Fraction | 'infinite' | null {
  if (good + bad === 0) return null
  const { numerator, denominator } = complementOf(fractionOf(target))
  if (bad === 0) return { numerator: 0n, denominator: 1n }
  if (numerator === 0n) return 'infinite'
  return { numerator: BigInt(bad) * denominator, denominator: BigInt(good + bad) * numerator }
}
