import { z } from 'zod'

const virtualMs = z.int().min(0)

/**
 * One declared circuit breaker in the trial of a finding: the states that its rule asks for, and what the agent did.
 *
 * Derived from the trace and the profile by the reference breaker that judges the properties, so that a reader sees
 * what the judgement rests on.
 */
export const breakerLaneSchema = z.strictObject({
  /** Name of the upstream that it guards. */
  upstream: z.string(),
  /** Index of the task that has it to itself; null where all tasks share it. */
  task: z.int().nullable(),
  /**
   * The states by time, in order and without gaps, up to where the trace still says which they are. `half-open` begins
   * when a probe may be sent; `undecided` is where the trace and the profile permit several states.
   */
  spans: z.array(
    z.strictObject({ from: virtualMs, to: virtualMs, state: z.enum(['closed', 'open', 'half-open', 'undecided']) }),
  ),
  /** Requests to the upstream, in order; without `end` and `class` where the trial ended first. */
  requests: z.array(
    z.strictObject({
      call: z.int().min(0),
      at: virtualMs,
      end: virtualMs.nullable(),
      class: z.enum(['success', 'failure', 'neutral', 'indeterminate']).nullable(),
    }),
  ),
  /** Calls that the agent itself did not let through, at some time of the span; claimed by it, or inferred. */
  refusals: z.array(z.strictObject({ from: virtualMs, to: virtualMs, isClaimed: z.boolean() })),
})

export type BreakerLane = z.output<typeof breakerLaneSchema>
