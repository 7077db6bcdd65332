import type { UsageTotal } from '../events/usage-total.ts'

/** Where the time of a step went, in whole milliseconds; a step that was taken up has that of all its tries. */
export interface StepMetrics {
  /** From asking for the reply until it is there: retries, their waits and compactions included. */
  readonly modelMs: number
  /** The calls that the reply asks for, with the decisions on them and the waits for an approver. */
  readonly toolMs: number
  /** The step as a whole. */
  readonly stepMs: number
}

export const noMetrics: StepMetrics = { modelMs: 0, toolMs: 0, stepMs: 0 }

/** What a step has cost so far. */
export interface StepCost {
  readonly metrics: StepMetrics
  readonly usage: UsageTotal
}

/** How long a task took, in whole milliseconds. */
export interface RequestMetrics {
  /** From handing the task over until its outcome. */
  readonly requestMs: number
  /** Until the first token of the first reply, or until that reply where it came whole; null where none came. */
  readonly timeToFirstTokenMs: number | null
}
