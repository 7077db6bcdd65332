import type { TaskListener } from '../events/task-event.ts'
import type { AgentOutcome, AgentTask } from './outcome.ts'

/** How one task is run. */
export interface TaskOptions {
  /** Aborted to cancel the task. */
  readonly signal: AbortSignal
  /** Hears what the task does as it does it; a listener that throws changes nothing. */
  readonly onEvent?: TaskListener
}

/** A task in, an outcome out: it never rejects, because a caller can act on a stop reason but not on a stack. */
export type ReferenceAgent = (task: AgentTask, options: TaskOptions) => Promise<AgentOutcome>
