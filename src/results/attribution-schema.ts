import { z } from 'zod'
import { faultPlanSchema } from '../contract/fault.ts'

/**
 * On whom a failure is booked: the provider, the back end of a tool, or the agent, when all the faults that cause it
 * are theirs; `shared` when causes of more than one are involved, jointly or as alternatives; `organic` when it happens
 * without any fault; `unexplained` when running it again did not show it, or took the process along.
 */
export const bookings = ['provider', 'tool', 'agent', 'shared', 'organic', 'unexplained'] as const

export type Booking = (typeof bookings)[number]

/** Why one task failed, found by running its trial again with fewer faults. */
export const attributedFailureSchema = z.strictObject({
  trial: z.int().min(0),
  /** Id of the task, and its index in the workload of the trial. */
  task: z.string(),
  index: z.int().min(0),
  /** What was wrong with it, in words. */
  problem: z.string(),
  bookedOn: z.enum(bookings),
  /** A minimal set of strikes that still causes it: each fault with the only occurrences at which it struck. Empty for organic. */
  plan: faultPlanSchema,
  /** Other minimal sets that cause it as well: the failure is redundant, and removing `plan` alone would not prevent it. */
  alternatives: z.array(faultPlanSchema),
  /** False where the bound on runs was reached first: the set causes the failure and may hold more than it takes. */
  isMinimal: z.boolean(),
  /** Names of the upstreams that all these sets strike, in order; none in results of earlier versions. */
  upstreams: z.array(z.string()).default([]),
  /** Trials that it took. */
  trials: z.int().min(0),
})

/** The failures of one condition by cause. */
export const attributionSchema = z.strictObject({
  /** Tasks that failed. */
  failures: z.int().min(0),
  /** Failures examined: those of the lowest trials, as many as the measure says (20 unless it says otherwise), so that the choice is the same in every run. */
  examined: z.int().min(0),
  /** Examined failures by whom they are booked on; all keys are present. */
  booked: z.record(z.enum(bookings), z.int().min(0)),
  causes: z.array(attributedFailureSchema),
})

export type AttributedFailure = z.output<typeof attributedFailureSchema>
export type Attribution = z.output<typeof attributionSchema>
