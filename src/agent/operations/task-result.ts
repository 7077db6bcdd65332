import type { AgentOutcome } from '../task/outcome.ts'

/** How a task counts: served, not served, or neither, where that was left to a human. */
export type TaskResult = 'success' | 'failure' | 'neither'

/**
 * A task that a terminal tool ended was served; one that its caller cancelled, or that waits for an approval, says
 * nothing of the agent.
 */
export function resultOf({ stop }: AgentOutcome): TaskResult {
  if (stop === 'end_turn' || stop === 'tool_rule') return 'success'
  return stop === 'cancelled' || stop === 'requires_approval' ? 'neither' : 'failure'
}
