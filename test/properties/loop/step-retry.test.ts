import { describe, expect, it } from 'vitest'
import { stepRetry } from '../../../src/properties/loop/step-retry.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(stepRetry, trace))
const knows = (...ids: readonly string[]) => ({
  messages: 2 + ids.length,
  toolResults: ids.map((callId) => ({ callId, content: '' })),
})

/** A reply that asked for a refund (so often, at once), and the refund, done. */
function done(times = 1): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  const asks = Array.from({ length: times }, (_, index) => toolCall(`c${index}`, 'refund'))
  trace.reply(trace.model(knows()), asks)
  return trace.answer(trace.tool('refund'), 200)
}

describe('L10 repeated steps', () => {
  it('holds where the next request is repeated and the tools are not', () => {
    const trace = done()
    const call = trace.model(knows('c0'))
    trace.answer(call, 503).reply(trace.model(knows('c0'), { retryOf: call }))
    expect(verdictOf(stepRetry, trace)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a tool that is run again between two attempts of the next request', () => {
    const trace = done()
    trace
      .answer(trace.model(knows('c0')), 503)
      .after(500)
      .tool('refund')
    expect(judge(trace)).toBe(
      'tool "refund" was called again at 0.500 s (call 3) with {}, but call 1 had completed that and no model that knew of it has asked again',
    )
  })

  it('is violated by a step that is begun anew, its tools included', () => {
    const trace = done()
    trace.answer(trace.model(knows('c0')), 503)
    trace.reply(trace.model(knows()), [toolCall('c9', 'refund')]).tool('refund')
    expect(judge(trace)).toContain('was called again at 0.000 s (call 4)')
  })

  it('admits a call that a model asks for again in knowledge of the first, or asked for twice at once', () => {
    const again = done()
    again.reply(again.model(knows('c0')), [toolCall('c1', 'refund')]).tool('refund')
    expect(judge(again)).toBe('vacuous')
    const twice = done(2)
    twice.answer(twice.model(knows('c0')), 503).tool('refund')
    expect(judge(twice)).toBe('vacuous')
  })

  it('admits what had not been completed, other arguments, and a tool that polls by itself', () => {
    const failed = new TraceBuilder().begun(0)
    failed.reply(failed.model(knows()), [toolCall('c0', 'refund')])
    failed
      .failed(failed.tool('refund'))
      .answer(failed.model(knows('c0')), 503)
      .tool('refund')
    const others = done()
    others.answer(others.model(knows('c0')), 503).tool('refund', { order: 2 }, { body: '{"order":2}' })
    const polling = done()
    polling.tool('refund')
    for (const fair of [failed, others, polling]) expect(judge(fair)).toBe('vacuous')
  })
})
