import { describe, expect, it } from 'vitest'
import { giveUp } from '../../../src/properties/retry/give-up.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const backoff = { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'none' as const }
const profile = { retry: { maxAttempts: 3, backoff }, timeouts: { modelMs: 1_000 } }

/** Attempts of a model call, each given up or answered 503 after so long, with these waits between. */
function call(lastMs: number, waits: readonly number[], headers = {}): TraceBuilder {
  const trace = new TraceBuilder().started()
  let last = trace.model()
  for (const wait of waits) {
    trace.after(lastMs).answer(last, 503, { headers }).after(wait)
    last = trace.model({}, { retryOf: last })
  }
  return trace.after(lastMs).answer(last, 503)
}
const judge = (trace: TraceBuilder, more = {}) => sentenceOf(verdictOf(giveUp, trace, { ...profile, ...more }))

describe('R16 giving up', () => {
  it('holds at the sum of timeouts and waits, hints included', () => {
    expect(verdictOf(giveUp, call(1_000, [501, 1_001]), profile)).toEqual({ verdict: 'holds', triggers: 3 })
    expect(judge(call(1_000, [7_000, 7_000], { 'retry-after': '7' }))).toBe('holds')
    expect(judge(call(500, [90_000], { 'retry-after': '7 seconds' }))).toBe('holds')
  })

  it('is violated by a millisecond more, and by a call that never settles', () => {
    expect(judge(call(1_000, [501, 1_002]))).toBe(
      'the model call to "openai", begun at 0.000 s, was not settled by 4.503 s, but its 3 attempts with the waits between may last 4.502 s',
    )
    const open = new TraceBuilder().started()
    open.model()
    expect(judge(open.after(1_001).finished('stalled'))).toContain(
      'but its attempt with the waits between may last 1.000 s',
    )
  })

  it('does not count time in which the process was blocked', () => {
    const lasting = (blockedMs: number, furtherMs: number) => {
      const trace = new TraceBuilder().started()
      const call = trace.model()
      return judge(
        trace
          .blocked(blockedMs)
          .after(blockedMs + furtherMs)
          .answer(call, 503),
      )
    }
    expect(lasting(700, 1_000)).toBe('holds')
    expect(lasting(700, 1_001)).toContain('was not settled by 1.701 s')
  })

  it('does not count what a guard holds back, and speaks of declared kinds only', () => {
    const bulkheads = [{ guards: [{ kind: 'model' as const }], maxConcurrent: 1 }]
    expect(judge(call(1_000, [9_000]), { bulkheads })).toBe('holds')
    expect(judge(call(1_500, [9_000]), { bulkheads })).toContain('was not settled')
    const tool = new TraceBuilder().started()
    tool.after(9_000).answer(tool.tool('lookup'), 503)
    expect(judge(tool)).toBe('vacuous')
    expect(sentenceOf(verdictOf(giveUp, tool, { retry: profile.retry }))).toBe('not applicable')
  })
})
