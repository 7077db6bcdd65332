import type { Claims } from './claims.ts'

/** Why the agent ended a task; each reason is given only where what happened on the wire bears it out. */
export const stopReasons = [
  'end_turn',
  'max_steps',
  'tool_rule',
  'no_tool_call',
  'invalid_tool_call',
  'requires_approval',
  'cancelled',
  'deadline',
  'llm_api_error',
  'invalid_llm_response',
  'context_window_exceeded',
  'error',
] as const

export type StopReason = (typeof stopReasons)[number]

/** One input for the agent. */
export interface AgentTask {
  readonly id: string
  /** The user's words. */
  readonly input: string
  /** On whose behalf: an answer that was kept for one user is given to no other. Absent: nobody in particular. */
  readonly user?: string | undefined
}

/** What the agent makes of a task. */
export interface AgentOutcome {
  /** The text for the user; null where there is none. */
  answer: string | null
  stop: StopReason
  /** Where the answer came from and what went wrong; only from an agent with a breaker, a bulkhead or fallbacks. */
  claims?: Claims
}
