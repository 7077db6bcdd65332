import { type Fraction, complementOf, fractionOf, times } from './fraction.ts'

/** Somebody is told when so large a share of a period's budget burns within a long window, and still burns in a short one. */
export interface BurnRule {
  /** `page` wakes somebody up, `ticket` is for the next working day. */
  readonly severity: 'page' | 'ticket'
  /** Share of the budget of the period, 0 to 1. */
  readonly budgetShare: number
  readonly longMs: number
  readonly shortMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The period that the windows below are for. */
export const usualPeriodMs = 30 * dayMs

/** The pairs of windows of the SRE workbook, chapter 5: 14.4, 6, 3 and 1 times what the target allows. */
const usualRules: readonly BurnRule[] = [
  { severity: 'page', budgetShare: 0.02, longMs: hourMs, shortMs: 5 * minuteMs },
  { severity: 'page', budgetShare: 0.05, longMs: 6 * hourMs, shortMs: 30 * minuteMs },
  { severity: 'ticket', budgetShare: 0.1, longMs: dayMs, shortMs: 2 * hourMs },
  { severity: 'ticket', budgetShare: 0.1, longMs: 3 * dayMs, shortMs: 6 * hourMs },
]

/** The usual rules, their windows scaled to another period; to whole milliseconds. */
export function rulesFor(periodMs: number): readonly BurnRule[] {
  const scaled = (windowMs: number): number => Math.max(1, Math.round((windowMs / usualPeriodMs) * periodMs))
  return usualRules.map((rule) => ({ ...rule, longMs: scaled(rule.longMs), shortMs: scaled(rule.shortMs) }))
}

/** The burn rate that spends the rule's share of the budget within its long window: share × period / window. */
export function factorOf({ budgetShare, longMs }: BurnRule, periodMs: number): Fraction {
  return times(fractionOf(budgetShare), { numerator: BigInt(periodMs), denominator: BigInt(longMs) })
}

/** The fewest events among which a single bad one stays below the factor: fewer say nothing of a rate. */
export function fewestEvents(factor: Fraction, target: number): number {
  const enough = times(factor, complementOf(fractionOf(target)))
  return enough.numerator === 0n ? 1 : Number(enough.denominator / enough.numerator) + 1
}
