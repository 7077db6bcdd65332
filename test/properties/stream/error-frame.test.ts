import { describe, expect, it } from 'vitest'
import { errorFrame } from '../../../src/properties/stream/error-frame.ts'
import { wholeToolCall } from '../../../src/properties/stream/whole-tool-call.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

/** A stream that told of an error after this much. */
function told(partial: Parameters<TraceBuilder['stopsShort']>[1]): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  return trace.after(400).stopsShort(trace.model({ stream: true }), partial, 'error frame')
}
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(errorFrame, trace))

describe('Z4 error frames', () => {
  it('holds where nothing is made of what had come', () => {
    const trace = told({ content: 'Your order', toolCalls: [toolCall('c', 'refund')] })
    expect(verdictOf(errorFrame, trace.concluded({ answer: null, stop: 'llm_api_error' }))).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
    expect(judge(told({ content: 'Your order' }).concluded({ answer: 'Your order', stop: 'error' }))).toBe('holds')
    const marked = { answer: 'Your order', claims: { degraded: true } }
    expect(judge(told({ content: 'Your order' }).concluded(marked))).toBe('holds')
  })

  it('is violated by a tool call, which Z1 leaves to it', () => {
    const trace = told({ toolCalls: [toolCall('c', 'refund')] })
    trace.tool('refund')
    expect(judge(trace)).toBe(
      'tool "refund" was called at 0.400 s (call 1), but only call 0 had asked for it, with "{}", and its stream told of an error at 0.400 s',
    )
    expect(sentenceOf(verdictOf(wholeToolCall, trace))).toBe('vacuous')
  })

  it('is violated by an answer of it', () => {
    expect(judge(told({ content: 'Your  order' }).concluded({ answer: 'Your order' }))).toBe(
      'task "refund-0" ended at 0.400 s with the answer "Your order", but that is what had come of call 0, whose stream told of an error at 0.400 s',
    )
  })
})
