import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { type BudgetAction, type Stakes, actionFor, adviceFor, allStakes } from './budget-action.ts'
import { type BudgetCounts, budgetCountsSchema } from './budget-counts.ts'
import { type BudgetStatus, statusOf } from './budget-status.ts'
import { type Fraction, complementOf, fractionOf, numberOf } from './fraction.ts'

/** Events that are counted against a target. */
export interface ErrorBudgetInput {
  /** Share of events that shall be good, 0 to 1, e.g. `0.95`. */
  readonly target: number
  readonly good: number
  readonly bad: number
  /** Events that neither earn budget nor spend it; default none. */
  readonly excluded?: number
  /** What hangs on the agent; default `medium`. It decides the recommendation alone. */
  readonly stakes?: Stakes
}

/** How an error budget stands. Numbers are the nearest to the exact fraction; status and action follow from that. */
export interface ErrorBudget extends BudgetCounts {
  readonly target: number
  /** Events that count: good and bad ones. */
  readonly events: number
  /** The budget: bad events that the target allows among so many, not rounded. */
  readonly allowed: number
  /** Bad events that are still allowed; negative when overspent. */
  readonly eventsLeft: number
  /** Share of the budget that is spent, 1 for all of it; null where there is no budget, by target or for want of events. */
  readonly spent: number | null
  /** Share of the budget that is left; negative when overspent. Null as `spent`. */
  readonly remaining: number | null
  /** The same in percent. */
  readonly remainingPercent: number | null
  readonly status: BudgetStatus
  readonly action: BudgetAction
  /** What to do, in a sentence. */
  readonly recommendation: string
}

const inputSchema = budgetCountsSchema.extend({
  target: z.number().min(0).max(1),
  stakes: z.enum(allStakes).default('medium'),
})

/**
 * The error budget of a target: how many bad events it allows among those that were counted, and what is left of it.
 *
 * Exact: 60 bad events among 1 000 at a target of 0.95 leave −20 %. It is never clamped, because how far a budget is
 * overspent says how bad things are. A target of 1 has no budget to take a share of: one bad event exhausts it.
 *
 * @throws {ShakedownError} of kind `usage` for a target outside 0 to 1, or counts that are no whole numbers from 0
 */
export function errorBudget(input: ErrorBudgetInput): ErrorBudget {
  const { target, stakes, ...counts } = parseInput(
    inputSchema,
    input,
    'error budget',
    'give a target from 0 to 1 and whole counts from 0',
  )
  const events = counts.good + counts.bad
  const { allowed, left, share } = exactBudget(target, counts)
  const status = events === 0 ? 'unknown' : share === null ? withoutBudget(counts.bad) : statusOf(share)
  const action = actionFor(status, stakes)
  return {
    target,
    events,
    ...counts,
    allowed: numberOf(allowed),
    eventsLeft: numberOf(left),
    spent: share && numberOf(complementOf(share)),
    remaining: share && numberOf(share),
    remainingPercent: share && numberOf(timesWhole(share, 100)),
    status,
    action,
    recommendation: adviceFor(action),
  }
}

/** A budget in exact fractions; of no budget there is no share. */
export function exactBudget(
  target: number,
  { good, bad }: Pick<BudgetCounts, 'good' | 'bad'>,
): { readonly allowed: Fraction; readonly left: Fraction; readonly share: Fraction | null } {
  const allowed = timesWhole(complementOf(fractionOf(target)), good + bad)
  const left = minusWhole(allowed, bad)
  return { allowed, left, share: allowed.numerator === 0n ? null : ratio(left, allowed) }
}

function withoutBudget(bad: number): BudgetStatus {
  return bad === 0 ? 'healthy' : 'exhausted'
}

function timesWhole({ numerator, denominator }: Fraction, factor: number): Fraction {
  return { numerator: numerator * BigInt(factor), denominator }
}

function minusWhole({ numerator, denominator }: Fraction, whole: number): Fraction {
  return { numerator: numerator - BigInt(whole) * denominator, denominator }
}

/** Of two fractions with the same denominator. */
function ratio(one: Fraction, other: Fraction): Fraction {
  return { numerator: one.numerator, denominator: other.numerator }
}
