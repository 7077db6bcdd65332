import type { ErrorClass } from '../errors/error-class.ts'
import type { Answered } from './answered.ts'
import type { StopReason } from './outcome.ts'

/** What an end comes to that says so by itself; null for one that is no failure. */
const byStop: Readonly<Partial<Record<StopReason, ErrorClass | null>>> = {
  end_turn: null,
  max_steps: null,
  tool_rule: null,
  requires_approval: null,
  no_tool_call: 'invalid_reply',
  invalid_tool_call: 'invalid_reply',
  invalid_llm_response: 'invalid_reply',
  context_window_exceeded: 'context_overflow',
  cancelled: 'cancelled',
  deadline: 'deadline',
}

/** The class of the failure that ended a task; null where none did. */
export function endClass({ outcome, errorClass }: Answered): ErrorClass | null {
  const known = byStop[outcome.stop]
  return known === undefined ? (errorClass ?? 'unknown') : known
}
