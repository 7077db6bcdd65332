import { describe, expect, it } from 'vitest'
import { approvalGate } from '../../../src/properties/approval/approval-gate.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile = { tools: { gated: ['refund'] } }
const args = { order: 'A-1', amount: 5 }
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(approvalGate, trace, profile))

function asked(): TraceBuilder {
  const trace = new TraceBuilder().started()
  return trace.reply(trace.model(), [toolCall('c', 'refund', args)])
}

describe('L8 approval', () => {
  it('holds where the very action was approved before, whatever the order of its keys', () => {
    const trace = asked()
    trace.approval('refund', { amount: 5, order: 'A-1' }, 'approved')
    trace.tool('refund', args)
    expect(verdictOf(approvalGate, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated without an approval', () => {
    const trace = asked().after(40)
    trace.tool('refund', args)
    expect(judge(trace)).toBe(
      'gated tool "refund" was called at 0.040 s (call 1) with {"order":"A-1","amount":5}, but no approval had been given for it',
    )
  })

  it('is violated after a denial, while pending, and by an approval that comes too late', () => {
    for (const decision of ['denied', 'pending'] as const) {
      const trace = asked()
      trace.approval('refund', args, decision)
      trace.tool('refund', args)
      trace.approval('refund', args, 'approved')
      expect(judge(trace)).toContain(`but its approval was ${decision} at 0.000 s`)
    }
  })

  it('is violated by other arguments than the approved ones', () => {
    const trace = asked()
    trace.approval('refund', args, 'approved')
    trace.tool('refund', { order: 'A-1', amount: 500 })
    expect(judge(trace)).toContain('but the approval at 0.000 s was for {"order":"A-1","amount":5}')
  })

  it('is violated by using one approval for two calls', () => {
    const trace = asked()
    trace.approval('refund', args, 'approved')
    trace.tool('refund', args)
    trace.tool('refund', args)
    expect(judge(trace)).toContain('but its approval at 0.000 s was used up by call 2')
  })

  it('lets an approved call be retried', () => {
    const trace = asked()
    trace.approval('refund', args, 'approved')
    const first = trace.tool('refund', args)
    trace.answer(first, 503).after(100)
    trace.tool('refund', args, { retryOf: first })
    expect(judge(trace)).toBe('holds')
  })

  it('is violated by an approval of another task', () => {
    const trace = asked()
    trace.approval('refund', args, 'approved', { task: 1 })
    trace.tool('refund', args)
    expect(judge(trace)).toContain('no approval had been given for it')
  })

  it('is vacuous where no gated tool is asked for, and not applicable where none is gated', () => {
    expect(judge(new TraceBuilder().started())).toBe('vacuous')
    expect(verdictOf(approvalGate, asked())).toEqual({ verdict: 'not applicable' })
  })
})
