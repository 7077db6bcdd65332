import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { type Stakes, allStakes } from './budget-action.ts'
import { type ErrorBudget, errorBudget } from './error-budget.ts'

/** A period that shall be good for a share of its time. */
export interface TimeBudgetInput {
  /** Share of the time that shall be good, 0 to 1. */
  readonly target: number
  /** Whole milliseconds of the period; 30 days are 2 592 000 000. */
  readonly periodMs: number
  /** Whole milliseconds of it that were bad so far; default none. What has not happened yet is not bad. */
  readonly badMs?: number
  readonly stakes?: Stakes
}

const inputSchema = z
  .strictObject({
    target: z.number().min(0).max(1),
    periodMs: z.int().min(1),
    badMs: z.int().min(0).default(0),
    stakes: z.enum(allStakes).default('medium'),
  })
  .refine(({ badMs, periodMs }) => badMs <= periodMs, { error: 'expected no more bad time than the period has' })

/**
 * An error budget read as time: each millisecond of the period is an event. `allowed` is the downtime that the target
 * allows, in milliseconds: 3.6 hours of 30 days at 99.5 %.
 *
 * @throws {ShakedownError} of kind `usage` for a target outside 0 to 1, or more bad time than the period has
 */
export function timeBudget(input: TimeBudgetInput): ErrorBudget {
  const { target, periodMs, badMs, stakes } = parseInput(
    inputSchema,
    input,
    'error budget in time',
    'give a target from 0 to 1 and whole milliseconds',
  )
  return errorBudget({ target, good: periodMs - badMs, bad: badMs, stakes })
}
