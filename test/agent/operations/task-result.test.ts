import { expect, it } from 'vitest'
import { resultOf } from '../../../src/agent/operations/task-result.ts'
import { stopReasons } from '../../../src/agent/task/outcome.ts'

it('each stop counts as one thing: served, not served, or left to a human', () => {
  const results = Object.groupBy(stopReasons, (stop) => resultOf({ answer: null, stop }))
  expect(results.success).toEqual(['end_turn', 'tool_rule'])
  expect(results.neither).toEqual(['requires_approval', 'cancelled'])
  expect(results.failure).toContain('error')
})
