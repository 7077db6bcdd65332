import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import type { BudgetCounts } from './budget-counts.ts'
import { type BurnRate, type CountedEvents, burnRate, countedWithin, exactBurn, readSeries } from './burn-rate.ts'
import { type BurnRule, factorOf, fewestEvents, rulesFor, usualPeriodMs } from './burn-rule.ts'
import { type Fraction, isAtLeast, numberOf } from './fraction.ts'

/** What a series is held against. */
export interface BurnAlertOptions {
  /** Share of events that shall be good, 0 to 1. */
  readonly target: number
  /** The moment that is asked about, in the time of the series. */
  readonly at: number
  /** The period of the objective; default 30 days. The usual windows scale with it. */
  readonly periodMs?: number
  /** Default the four pairs of windows of the SRE workbook. */
  readonly rules?: readonly BurnRule[]
  /** Events of the long window below which nothing is said; default so many that one bad event alone raises nothing. */
  readonly minimumEvents?: number
}

/** One rule at one moment. */
export interface BurnAlert {
  readonly rule: BurnRule
  /** Share of the budget × period / long window, e.g. 14.4. */
  readonly factor: number
  readonly long: BurnRate
  readonly short: BurnRate
  /** Events of the long window that the rule needs. */
  readonly minimumEvents: number
  /** `firing` when both windows burn at the factor or faster; it ends as soon as one does not. */
  readonly state: 'firing' | 'quiet' | 'too few events'
}

const windowMs = z.int().min(1)

const optionsSchema = z.strictObject({
  target: z.number().min(0).max(1),
  at: z.int(),
  periodMs: z.int().min(1).default(usualPeriodMs),
  rules: z
    .array(
      z.strictObject({
        severity: z.enum(['page', 'ticket']),
        budgetShare: z.number().gt(0).max(1),
        longMs: windowMs,
        shortMs: windowMs,
      }),
    )
    .optional(),
  minimumEvents: z.int().min(1).optional(),
})

/**
 * Multi-window burn-rate alerts at one moment of a series of counted events.
 *
 * The long window shows that the burn matters, the short one that it goes on; so the alert ends soon after the cause.
 * Compared as exact fractions: a rate that is just the factor fires.
 *
 * @throws {ShakedownError} of kind `usage` for a target outside 0 to 1, windows that are no whole milliseconds, or counts
 * that are no whole numbers from 0
 */
export function burnAlerts(series: readonly CountedEvents[], options: BurnAlertOptions): BurnAlert[] {
  const { target, at, periodMs, rules, minimumEvents } = parseInput(
    optionsSchema,
    options,
    'burn-rate alerts',
    'give a target from 0 to 1 and whole milliseconds',
  )
  const buckets = readSeries(series)
  return (rules ?? rulesFor(periodMs)).map((rule) => {
    const factor = factorOf(rule, periodMs)
    const fewest = minimumEvents ?? fewestEvents(factor, target)
    const long = countedWithin(buckets, rule.longMs, at)
    const short = countedWithin(buckets, rule.shortMs, at)
    const isFiring = [long, short].every((counts) => burnsAt(counts, target, factor))
    return {
      rule,
      factor: numberOf(factor),
      long: burnRate(series, { target, windowMs: rule.longMs, at }),
      short: burnRate(series, { target, windowMs: rule.shortMs, at }),
      minimumEvents: fewest,
      state: long.good + long.bad < fewest ? 'too few events' : isFiring ? 'firing' : 'quiet',
    }
  })
}

function burnsAt(counts: BudgetCounts, target: number, factor: Fraction): boolean {
  const burn = exactBurn(counts, target)
  return burn === 'infinite' || (burn !== null && isAtLeast(burn, factor))
}
