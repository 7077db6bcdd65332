import { describe, expect, it } from 'vitest'
import { retryDeadline } from '../../../src/properties/retry/deadline.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = {
  retry: { maxAttempts: 3, backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'none' as const } },
  timeouts: { taskMs: 1_000 },
}
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(retryDeadline, trace, profile))

/** A model call that is answered 503 after so many milliseconds. */
function failedAfter(ms: number): { trace: TraceBuilder; call: number } {
  const trace = new TraceBuilder().started()
  const call = trace.model()
  return { trace: trace.after(ms).answer(call, 503), call }
}

describe('R7 deadline of retries', () => {
  it('holds where the last wait is clipped or not begun', () => {
    expect(verdictOf(retryDeadline, failedAfter(600).trace.after(400).ended('deadline'), profile)).toEqual({
      verdict: 'holds',
      triggers: 2,
    })
    expect(judge(failedAfter(600).trace.ended('llm_api_error'))).toBe('holds')
    const { trace, call } = failedAfter(500)
    trace.after(500).model({}, { retryOf: call })
    expect(judge(trace)).toBe('holds')
  })

  it('is violated by an attempt after the deadline', () => {
    const { trace, call } = failedAfter(501)
    trace.after(500).model({}, { retryOf: call })
    expect(judge(trace)).toBe(
      'attempt 2 of the model call to "openai" (call 1) began at 1.001 s, but the deadline of task "refund" was at 1.000 s',
    )
  })

  it('is violated by a wait that goes on after it', () => {
    expect(judge(failedAfter(600).trace.after(500).ended('deadline'))).toBe(
      'task "refund" ended at 1.100 s and had nothing under way since the model call to "openai" ended at 0.600 s, but its deadline was at 1.000 s',
    )
  })

  it('is vacuous where there is time enough, and not applicable without a declared deadline', () => {
    expect(judge(failedAfter(100).trace.ended('llm_api_error'))).toBe('vacuous')
    const silent = { retry: profile.retry }
    expect(sentenceOf(verdictOf(retryDeadline, failedAfter(600).trace, silent))).toBe('not applicable')
  })
})
