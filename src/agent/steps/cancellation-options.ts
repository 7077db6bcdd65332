import { z } from 'zod'
import { waitMs } from '../resilience/resilience-options.ts'
import type { AgentTask } from '../task/outcome.ts'

/** Says whether somebody has cancelled a task from elsewhere, e.g. in the list of jobs. */
export type IsCancelled = (task: AgentTask, options: { readonly signal: AbortSignal }) => Promise<boolean>

export const cancellationSchema = z.strictObject({
  isCancelled: z.custom<IsCancelled>((value) => typeof value === 'function', 'must be a function'),
  /** How long a step waits for the check; one that takes longer says nothing. */
  timeoutMs: waitMs.default(1_000),
})

export type CancellationSettings = z.output<typeof cancellationSchema>
