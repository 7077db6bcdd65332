import { describe, expect, it } from 'vitest'
import { idleStream } from '../../../src/properties/timeout/idle-stream.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { timeouts: { idleMs: 1_000, modelMs: 60_000 } }
const judge = (trace: TraceBuilder, declared: Parameters<typeof verdictOf>[2] = profile) =>
  sentenceOf(verdictOf(idleStream, trace, declared))

/** A stream whose pieces come after these pauses. */
function streamed(...pausesMs: readonly number[]): [TraceBuilder, number] {
  const trace = new TraceBuilder().begun(0)
  const call = trace.model({ stream: true })
  for (const [index, pauseMs] of pausesMs.entries()) trace.after(pauseMs).piece(call, index)
  return [trace, call]
}

describe('T5 idle streams', () => {
  it('holds for a stream that is given up when it has paused as long as declared', () => {
    const [trace, call] = streamed(3_000, 200)
    trace.after(1_000).aborted(call)
    expect(verdictOf(idleStream, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a longer pause, whatever ends it', () => {
    const [aborted, one] = streamed(100)
    expect(judge(aborted.after(1_001).aborted(one))).toBe(
      'the reply to the model call to "openai" sent at 0.000 s (call 0) on behalf of task "refund-0" had paused since 0.100 s and the call was still under way at 1.101 s, but `timeouts.idleMs` is 1.000 s',
    )
    expect(judge(streamed(100, 1_001)[0])).toContain('had paused since 0.100 s')
    expect(judge(streamed(100)[0].after(1_001).finished())).toContain('had paused since 0.100 s')
    expect(judge(streamed(9_000)[0])).toBe('vacuous')
  })

  it('holds for a long stream whose pieces keep coming', () => {
    const [trace, call] = streamed(300, 900, 900, 900)
    expect(judge(trace.after(900).reply(call))).toBe('holds')
  })

  it('is violated where the idle time is taken for the total', () => {
    const [trace, call] = streamed(300, 300, 300)
    expect(judge(trace.after(100).aborted(call))).toBe(
      'the model call to "openai" sent at 0.000 s (call 0) on behalf of task "refund-0" was given up at 1.000 s, 1.000 s after 0.000 s, as if `timeouts.idleMs` were the time for the whole reply; its last piece had come at 0.900 s',
    )
    const [fromFirst, other] = streamed(300, 300, 300)
    expect(judge(fromFirst.after(400).aborted(other))).toContain('1.000 s after 0.300 s')
  })

  it('lets another reason explain that moment', () => {
    const [trace, call] = streamed(300, 300, 300)
    trace.after(100).aborted(call)
    expect(judge(trace, { timeouts: { idleMs: 1_000, taskMs: 1_000 } })).toBe('holds')
    const [cancelled, other] = streamed(300, 300, 300)
    expect(judge(cancelled.after(100).cancelled().aborted(other))).toBe('holds')
    expect(judge(trace, { timeouts: { modelMs: 1_000 } })).toBe('not applicable')
  })

  it('lets a step begin with a wait, before its first request', () => {
    const trace = new TraceBuilder().begun(0).after(500)
    const call = trace.model({ stream: true })
    for (const index of [0, 1, 2]) trace.after(300).piece(call, index)
    trace.after(100).aborted(call)
    const withStep = (stepMs: number) => ({ timeouts: { idleMs: 1_000, stepMs } })
    expect(judge(trace, withStep(1_500))).toBe('holds')
    expect(judge(trace, withStep(1_501))).toContain('as if `timeouts.idleMs` were the time for the whole reply')
  })
})
