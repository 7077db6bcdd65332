import { describe, expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { sameRequest } from '../../../src/properties/retry/same-request.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const retry = { maxAttempts: 3 }
const judge = (trace: TraceBuilder, profile: ProfileInput = { retry }) =>
  sentenceOf(verdictOf(sameRequest, trace, profile))

/** A model request after one that was answered so. */
function again(body: string, status = 503, view = {}): TraceBuilder {
  const trace = new TraceBuilder().started()
  trace
    .after(100)
    .answer(trace.model({}, { body: '{"a":1,"b":2}' }), status)
    .after(500)
    .model(view, { body })
  return trace
}

describe('R11 the same request', () => {
  it('holds for the same body, also with its keys in another order', () => {
    expect(verdictOf(sameRequest, again('{"a":1,"b":2}'), { retry })).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(again('{"b":2,"a":1}'))).toBe('holds')
  })

  it('is violated by another body', () => {
    expect(judge(again('{"a":1,"b":3}'))).toBe(
      'the model call to "openai" at 0.600 s (call 1) followed call 0, which was answered 503 at 0.100 s, with the same model, but another request',
    )
  })

  it('leaves alone repairs, other questions and other models', () => {
    expect(judge(again('{}', 400))).toBe('vacuous')
    expect(judge(again('{}', 503, { messages: 3 }))).toBe('vacuous')
    expect(judge(again('{}', 503, { model: 'small' }))).toBe('vacuous')
    expect(judge(again('{}'), { retry: { ...retry, repairs: true } })).toBe('vacuous')
    const chain = [
      { source: 'primary', upstream: 'openai' },
      { source: 'simple', upstream: 'openai' },
    ]
    expect(judge(again('{}'), { retry, fallback: { chain } })).toBe('vacuous')
    const busy = new TraceBuilder().started()
    const first = busy.model()
    busy.tool('lookup')
    busy.answer(first, 503).model({}, { body: '{"other":1}' })
    expect(judge(busy)).toBe('vacuous')
  })

  it('is violated by a tool call that keeps its key and changes its request', () => {
    const trace = (asksAgain: boolean) => {
      const made = new TraceBuilder().started()
      made.failed(made.tool('refund', {}, { idempotencyKey: 'k', body: '{"order":1}' }))
      if (asksAgain) made.reply(made.model(), [toolCall('c', 'refund')])
      made.tool('refund', {}, { idempotencyKey: 'k', body: '{"order":2}' })
      return made
    }
    expect(judge(trace(false))).toContain('with key "k", but another request')
    expect(judge(trace(true))).toBe('vacuous')
  })
})
