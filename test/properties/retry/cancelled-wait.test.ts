import { describe, expect, it } from 'vitest'
import { cancelledWait } from '../../../src/properties/retry/cancelled-wait.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { retry: { maxAttempts: 3 } }
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(cancelledWait, trace, profile))

/** A task that has waited 200 ms for its second attempt as it is cancelled. */
function waiting(): { trace: TraceBuilder; call: number } {
  const trace = new TraceBuilder().begun(0)
  const call = trace.model()
  return { trace: trace.after(300).answer(call, 503).after(200).cancelled(), call }
}

describe('R8 cancellation of a wait', () => {
  it('holds where the task ends at that moment', () => {
    const { trace } = waiting()
    expect(verdictOf(cancelledWait, trace.concluded({ stop: 'cancelled' }), profile)).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
  })

  it('is violated by a further attempt, a later end and no end', () => {
    const { trace, call } = waiting()
    trace.after(300).model({}, { retryOf: call })
    expect(judge(trace)).toBe(
      'the model call to "openai" began at 0.800 s, but task "refund-0" had been cancelled at 0.500 s, while it waited after call 0',
    )
    expect(judge(waiting().trace.after(300).concluded({ stop: 'cancelled' }))).toContain('but ended at 0.800 s')
    expect(judge(waiting().trace.after(300).finished('stalled'))).toContain('had not ended when the trial did')
  })

  it('is vacuous where the task was cancelled at work, or after a success', () => {
    const atWork = new TraceBuilder().begun(0)
    atWork.model()
    expect(judge(atWork.cancelled())).toBe('vacuous')
    const idle = new TraceBuilder().begun(0)
    idle.reply(idle.model())
    expect(judge(idle.after(5).cancelled().after(5).concluded())).toBe('vacuous')
  })
})
