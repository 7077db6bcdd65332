/** Names of what the agent tells that no conventions have a name for. Version 1. */
export const ownSpan = { step: 'agent_step', firstToken: 'time_to_first_token' } as const

export const ownEvent = {
  attemptFailed: 'attempt_failed',
  toolStarted: 'tool_execution_started',
  toolCompleted: 'tool_execution_completed',
} as const

export const ownAttribute = {
  /** From 1. */
  step: 'reference_agent.step',
  steps: 'reference_agent.steps',
  /** Why the task ended; one of the stop reasons. */
  stop: 'reference_agent.stop_reason',
  /** Which source of the fallback chain answered. */
  source: 'reference_agent.source',
  /** `turn`, or `summary` for a call that sums the history up. */
  purpose: 'reference_agent.purpose',
  durationMs: 'reference_agent.duration_ms',
  succeeded: 'reference_agent.succeeded',
} as const
