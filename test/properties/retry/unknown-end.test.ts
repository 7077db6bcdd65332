import { describe, expect, it } from 'vitest'
import { unknownEnd } from '../../../src/properties/retry/unknown-end.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile = { tools: { effectful: ['refund'] } }

function repeated(first?: string, second?: string, tool = 'refund'): TraceBuilder {
  const trace = new TraceBuilder().started()
  const call = trace.tool(tool, {}, first === undefined ? {} : { idempotencyKey: first })
  trace.after(50).failed(call).after(500)
  trace.tool(tool, {}, { retryOf: call, ...(second === undefined ? {} : { idempotencyKey: second }) })
  return trace
}

describe('R9 unknown end of an effectful call', () => {
  it('holds where both attempts carry a key', () => {
    expect(verdictOf(unknownEnd, repeated('k', 'k'), profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated where one of them carries none', () => {
    expect(sentenceOf(verdictOf(unknownEnd, repeated(), profile))).toBe(
      'attempt 2 of the call of tool "refund" (call 1) began at 0.550 s, but attempt 1 (call 0) failed with ECONNRESET at 0.050 s, so that it may have taken effect, and attempt 1 (call 0) carried no idempotency key',
    )
    expect(sentenceOf(verdictOf(unknownEnd, repeated('k'), profile))).toContain('attempt 2 (call 1) carried no')
  })

  it('leaves alone what certainly failed, what reads only, and what the model asks for anew', () => {
    const trace = new TraceBuilder().started()
    const call = trace.tool('refund')
    trace.answer(call, 429).tool('refund', {}, { retryOf: call })
    expect(sentenceOf(verdictOf(unknownEnd, trace, profile))).toBe('vacuous')
    expect(sentenceOf(verdictOf(unknownEnd, repeated(undefined, undefined, 'lookup'), profile))).toBe('vacuous')
    const anew = new TraceBuilder().started()
    const first = anew.tool('refund')
    anew.failed(first).reply(anew.model(), [toolCall('c', 'refund')])
    anew.tool('refund', {}, { retryOf: first })
    expect(sentenceOf(verdictOf(unknownEnd, anew, profile))).toBe('holds')
    expect(sentenceOf(verdictOf(unknownEnd, repeated()))).toBe('not applicable')
  })
})
