import { describe, expect, it } from 'vitest'
import { cancellation } from '../../../src/properties/loop/cancellation.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const judge = (trace: TraceBuilder, profile = {}) => sentenceOf(verdictOf(cancellation, trace, profile))

/** A task that is cancelled while its model call is under way. */
function atWork(): { trace: TraceBuilder; call: number } {
  const trace = new TraceBuilder().begun(0)
  const call = trace.model()
  return { trace: trace.after(500).cancelled(), call }
}

describe('L9 cancellation', () => {
  it('holds where everything ends at that moment', () => {
    const { trace, call } = atWork()
    trace.aborted(call).concluded({ stop: 'cancelled' })
    expect(verdictOf(cancellation, trace.after(9).finished())).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a request that begins later', () => {
    const { trace, call } = atWork()
    trace.aborted(call).after(1).tool('refund')
    expect(judge(trace)).toBe(
      'the call of tool "refund" began at 0.501 s (call 1), but task "refund-0" had been cancelled at 0.500 s',
    )
  })

  it('admits that the end is written to a file', () => {
    const { trace, call } = atWork()
    trace.aborted(call).after(1).statement()
    expect(judge(trace)).toBe('holds')
  })

  it('is violated by a request that goes on, however it ends', () => {
    const { trace, call } = atWork()
    expect(judge(trace.after(200).reply(call))).toBe(
      'the model call to "openai" of 0.000 s (call 0) was still under way after 0.500 s, when task "refund-0" was cancelled',
    )
    expect(judge(atWork().trace.concluded({ stop: 'cancelled' }).after(200).finished())).toContain(
      'was still under way',
    )
  })

  it('is violated by another stop reason, unless the last call ended at that very moment', () => {
    const { trace, call } = atWork()
    expect(judge(trace.aborted(call).concluded({ stop: 'llm_api_error' }))).toBe(
      'task "refund-0" was cancelled at 0.500 s, but stopped at 0.500 s with reason "llm_api_error"',
    )
    const answered = (lateMs: number) => {
      const made = new TraceBuilder().begun(0)
      made.after(500).reply(made.model())
      return made.after(lateMs).cancelled().concluded()
    }
    expect(judge(answered(0))).toBe('holds')
    expect(judge(answered(1))).toContain('with reason "end_turn"')
    const silent = { stopReasons: ['end_turn' as const] }
    expect(judge(answered(1), silent)).toBe('holds')
  })

  it('speaks of a task that is cancelled before it begins, and not of one that is over', () => {
    const early = new TraceBuilder().cancelled().after(100).begun(0)
    expect(judge(early.concluded({ stop: 'cancelled' }))).toBe('holds')
    const ignoring = new TraceBuilder().cancelled().after(100).begun(0)
    ignoring.model()
    expect(judge(ignoring)).toContain('began at 0.100 s')
    expect(judge(new TraceBuilder().begun(0).concluded().after(1).cancelled())).toBe('vacuous')
    const other = new TraceBuilder().begun(0).begun(1).cancelled(1)
    other.after(5).model()
    expect(judge(other)).toBe('holds')
  })
})
