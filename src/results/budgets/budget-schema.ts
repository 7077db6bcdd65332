import { z } from 'zod'
import { budgetActions } from '../../objectives/budgets/budget-action.ts'
import { budgetStatuses } from '../../objectives/budgets/budget-status.ts'
import { callCountsSchema } from '../../objectives/dependencies/call-counts.ts'
import { dependencySloSchema } from '../../objectives/dependencies/dependency-slo.ts'
import { objectiveSchema } from '../../objectives/objective-schema.ts'

const count = z.int().min(0)

/** The numbers of an error budget; every number is the nearest to an exact fraction. */
const numbersShape = {
  /** Share of events that shall be good. */
  target: z.number().min(0).max(1),
  /** Good and bad events: those that count. */
  events: count,
  good: count,
  bad: count,
  /** Bad events that the target allows among so many, not rounded. */
  allowed: z.number().min(0),
  /** Bad events that are still allowed; negative when overspent. */
  eventsLeft: z.number(),
  /** Share of the budget that is spent, and that is left: negative when overspent. Null where there is no budget, by target or for want of events. */
  spent: z.number().nullable(),
  remaining: z.number().nullable(),
  remainingPercent: z.number().nullable(),
  /** Below 25 % left it is at risk, below 10 % critical; with nothing left it is exhausted. */
  status: z.enum(budgetStatuses),
} as const

/** The error budget of an objective under one condition. */
export const budgetResultSchema = z.strictObject({
  objective: objectiveSchema,
  /** Name of the condition. */
  condition: z.string(),
  ...numbersShape,
  /** Events that do not count, by reason, e.g. `caused by openai`. */
  excluded: z.record(z.string(), count),
  /** What to do: by its status, and once it is spent by what is at stake. */
  action: z.enum(budgetActions),
  /** What is left and what to do, in words. */
  sentence: z.string(),
})

/** How an upstream kept what it promised under one condition. */
export const dependencyResultSchema = z.strictObject({
  dependency: dependencySloSchema,
  condition: z.string(),
  /** Its calls as they crossed the wire. Neutral ones are the caller's own doing and do not count. */
  calls: callCountsSchema,
  ...numbersShape,
  excluded: count,
  /** Whether more calls were bad than it promised. */
  isBreached: z.boolean(),
  /** Failed tasks that it alone caused and that therefore do not spend the agent's budget. */
  tasksExcluded: count,
  /** Whether it kept its promise, with numbers, in one sentence. */
  sentence: z.string(),
})

export type BudgetResult = z.output<typeof budgetResultSchema>
export type DependencyResult = z.output<typeof dependencyResultSchema>
