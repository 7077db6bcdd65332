/** What became of one task of one measured trial. */
export interface TaskOutcome {
  /** Index of the task in the list of the scenario's tasks. */
  readonly task: number
  readonly verdict: 'solved' | 'failed' | 'excluded'
  /** It stopped at its deadline, hung, or gave up waiting for a call. */
  readonly timedOut: boolean
  /** Attempts of one logical call are one; 0 for an excluded task. */
  readonly toolCalls: number
  /** Virtual milliseconds from its start to its end; null where it never ended or is excluded. */
  readonly latencyMs: number | null
}

/** What became of the tasks of one trial, in the order of its workload. */
export type TrialOutcome = readonly TaskOutcome[]
