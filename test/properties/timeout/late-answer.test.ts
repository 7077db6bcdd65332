import { describe, expect, it } from 'vitest'
import { lateAnswer } from '../../../src/properties/timeout/late-answer.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile = { timeouts: { modelMs: 1_000 } }
const judge = (trace: TraceBuilder, declared: Parameters<typeof verdictOf>[2] = profile) =>
  sentenceOf(verdictOf(lateAnswer, trace, declared))

/** A first call is answered at 1.500 s, when its time is over; a second one was answered in time. */
function raced(late: (trace: TraceBuilder, call: number) => unknown, afterMs = 1_500): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  const first = trace.model()
  trace.after(1_000)
  const second = trace.model()
  trace.says(second, 'Paid.').after(afterMs - 1_000)
  late(trace, first)
  return trace
}

describe('T4 late answers', () => {
  it('holds where a late answer changes nothing', () => {
    const trace = raced((given, call) => given.says(call, 'Never.')).concluded({ answer: 'Paid.' })
    expect(verdictOf(lateAnswer, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
    const given = new TraceBuilder().begun(0)
    const call = given.model()
    expect(judge(given.after(1_000).aborted(call).concluded({ answer: null, stop: 'llm_api_error' }))).toBe('holds')
  })

  it('calls no reply late that comes as a blocked process goes on', () => {
    const after = (blockedMs: number) => {
      const trace = new TraceBuilder().begun(0)
      const call = trace.model()
      trace.after(900).blocked(blockedMs).after(600).says(call, 'Paid.')
      return judge(trace.after(1).concluded({ answer: 'Paid.' }))
    }
    expect(after(600)).toBe('holds')
    expect(after(599)).toContain('its time had been over since 1.000 s')
  })

  it('is violated by an answer that came too late', () => {
    const trace = raced((given, call) => given.says(call, 'Never.')).concluded({ answer: 'Never.' })
    expect(judge(trace)).toBe(
      'task "refund-0" answered "Never." at 1.500 s, as nothing but the reply to call 0 says, which arrived at 1.500 s when its time had been over since 1.000 s',
    )
    const same = raced((given, call) => given.says(call, 'Paid.')).concluded({ answer: 'Paid.' })
    expect(judge(same)).toBe('holds')
    const inTime = raced((given, call) => given.says(call, 'Never.'), 1_000).concluded({ answer: 'Never.' })
    expect(judge(inTime)).toBe('holds')
  })

  it('is violated by a tool that is called because a late reply asked for it', () => {
    const asked = (args: object) =>
      raced((trace, call) => trace.reply(call, [toolCall('a', 'refund', { order: 'A-1', ...args })]))
    const trace = asked({})
    trace.tool('refund', { order: 'A-1', note: '' })
    expect(judge(trace)).toContain('tool "refund" was called at 1.500 s (call 2), as nothing but the reply to call 0')
    const other = asked({ amount: 2 })
    other.tool('refund', { order: 'A-1' })
    expect(judge(other)).toBe('holds')
  })

  it('is violated by a history that carries the tool calls of a late reply', () => {
    const trace = raced((given, call) => given.aborted(call).reply(call, [toolCall('a')]))
    trace.model({ toolCalls: [toolCall('a')], toolResults: [{ callId: 'a', content: '' }] })
    expect(judge(trace)).toContain('carries tool call "a"')
    expect(judge(trace, { timeouts: { toolMs: 1 } })).toBe('not applicable')
  })
})
