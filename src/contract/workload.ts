import { z } from 'zod'

/** When one task reaches the agent. */
export const arrivalSchema = z.strictObject({
  /** The id of a task of the scenario. */
  task: z.string().min(1),
  /** Virtual milliseconds after the start of the trial. */
  atMs: z.int().min(0).default(0),
  /** Virtual milliseconds after the start of the trial at which the task is cancelled, running or not. */
  cancelAtMs: z.int().min(0).optional(),
})

/**
 * The tasks of one trial with their arrival times, on one agent instance.
 *
 * `sequence` starts a task once the one before has ended and its arrival time has come;
 * `overlap` starts each at its arrival time, whatever else is running.
 */
export const workloadSchema = z.strictObject({
  order: z.enum(['sequence', 'overlap']).default('sequence'),
  arrivals: z.array(arrivalSchema).min(1),
})

/** What the author of a scenario writes. */
export type WorkloadInput = z.input<typeof workloadSchema>
export type Arrival = z.output<typeof arrivalSchema>
export type Workload = z.output<typeof workloadSchema>
