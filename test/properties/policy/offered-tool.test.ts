import { describe, expect, it } from 'vitest'
import { offeredTool } from '../../../src/properties/policy/offered-tool.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

describe('P2 offered tool', () => {
  it('holds for a tool of the latest model request', () => {
    const trace = new TraceBuilder().started()
    trace.model({ offeredTools: ['lookup'] })
    trace.tool('lookup')
    expect(verdictOf(offeredTool, trace)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a tool that only an earlier request, or another task, offered', () => {
    const trace = new TraceBuilder().started()
    trace.model({ offeredTools: ['refund'] })
    trace.after(10).model({ offeredTools: ['lookup'] })
    trace.model({ offeredTools: ['refund'] }, { task: 1 })
    trace.after(10).tool('refund')
    expect(verdictOf(offeredTool, trace)).toMatchObject({
      verdict: 'violated',
      witness: {
        sentence:
          'tool "refund" was called at 0.020 s (call 3), but the latest model request at 0.010 s (call 1) offered only ["lookup"]',
        calls: [1, 3],
      },
    })
  })

  it('is vacuous before the first model request of a task', () => {
    const trace = new TraceBuilder().started()
    trace.tool('retrieve')
    expect(sentenceOf(verdictOf(offeredTool, trace))).toBe('vacuous')
  })
})
