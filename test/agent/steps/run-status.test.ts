import { expect, it } from 'vitest'
import { statusOf } from '../../../src/agent/steps/run-status.ts'
import { stopReasons } from '../../../src/agent/task/outcome.ts'

it('the status of a run follows from its stop reason', () => {
  const byStatus = Object.groupBy(stopReasons, statusOf)
  expect(byStatus).toEqual({
    completed: ['end_turn', 'tool_rule'],
    cancelled: ['cancelled'],
    waiting_for_approval: ['requires_approval'],
    failed: [
      'max_steps',
      'no_tool_call',
      'invalid_tool_call',
      'deadline',
      'llm_api_error',
      'invalid_llm_response',
      'context_window_exceeded',
      'error',
    ],
  })
})
