import type { StopReason } from '../task/outcome.ts'

/** How a run stands: `running` until its task has stopped, and then as its stop reason says. */
export const runStatuses = ['running', 'completed', 'failed', 'cancelled', 'waiting_for_approval'] as const

export type RunStatus = (typeof runStatuses)[number]

/** What has become of a run by the reason for which it stopped. */
export function statusOf(stop: StopReason): Exclude<RunStatus, 'running'> {
  switch (stop) {
    case 'end_turn':
    case 'tool_rule':
      return 'completed'
    case 'cancelled':
      return 'cancelled'
    case 'requires_approval':
      return 'waiting_for_approval'
    default:
      return 'failed'
  }
}
