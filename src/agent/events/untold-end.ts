import { statusOf } from '../steps/run-status.ts'
import type { AgentOutcome } from '../task/outcome.ts'
import type { TaskEvent } from './task-event.ts'
import { noUsage } from './usage-total.ts'

/** The last event of a task that no agent has told of: it was turned away, or its events were kept back. */
export function untoldEnd(outcome: AgentOutcome): Extract<TaskEvent, { type: 'ended' }> {
  const nothing = { steps: 0, usage: noUsage, requestMs: 0, timeToFirstTokenMs: null }
  return { type: 'ended', outcome, errorClass: null, status: statusOf(outcome.stop), ...nothing }
}
