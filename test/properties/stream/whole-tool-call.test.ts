import { describe, expect, it } from 'vitest'
import type { ToolCall } from '../../../src/contract/event.ts'
import { wholeToolCall } from '../../../src/properties/stream/whole-tool-call.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const half: ToolCall = { id: 'c', name: 'refund', arguments: '{"order": "A-' }
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(wholeToolCall, trace))

/** A stream that ended without becoming whole, inside the arguments of a refund. */
function cut(): { trace: TraceBuilder; call: number } {
  const trace = new TraceBuilder().begun(0)
  const call = trace.model({ stream: true })
  return { trace: trace.after(700).stopsShort(call, { toolCalls: [half] }), call }
}

describe('Z1 whole tool calls', () => {
  it('holds where the call is made once a later attempt asks for it whole', () => {
    const { trace, call } = cut()
    trace.reply(trace.model({ stream: true }, { retryOf: call }), [toolCall('c', 'refund')]).tool('refund')
    expect(verdictOf(wholeToolCall, trace)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by half a tool call executed from a cut stream', () => {
    const { trace } = cut()
    trace.after(10).tool('refund', { order: 'A-' })
    expect(verdictOf(wholeToolCall, trace)).toMatchObject({
      witness: {
        sentence:
          'tool "refund" was called at 0.710 s (call 1), but only call 0 had asked for it, with "{\\"order\\": \\"A-", and its stream ended at 0.700 s without ever becoming whole',
        calls: [0, 1],
      },
    })
  })

  it('is violated whether the stream was cut, stalled or reset, and after earlier whole replies', () => {
    for (const end of ['request.failed', 'request.aborted'] as const) {
      const trace = new TraceBuilder().begun(0)
      trace.reply(trace.model(), [toolCall('b', 'refund'), toolCall('d', 'lookup')])
      trace.answer(trace.tool('lookup'), 200)
      const call = trace.model({ stream: true })
      trace.events.push({
        ...{ at: 0, task: 0, call, upstream: 'openai', kind: 'model', class: 'indeterminate', cause: 'ECONNRESET' },
        ...{ type: end, partial: { content: null, finishReason: '', toolCalls: [half] } },
      })
      trace.tool('refund')
      expect(judge(trace), end).toContain('but only call 2 had asked for it')
    }
  })

  it('is violated where the call was made while the stream was still coming that was then cut', () => {
    const trace = new TraceBuilder().begun(0)
    const call = trace.model({ stream: true })
    trace.after(300).tool('refund')
    expect(judge(trace.after(300).stopsShort(call, { toolCalls: [half] }))).toContain('was called at 0.300 s (call 1)')
  })

  it('does not blame a cut stream for what a whole reply asks for', () => {
    const { trace, call } = cut()
    trace.reply(trace.model({ stream: true }, { retryOf: call }), [toolCall('c', 'refund')])
    const first = trace.tool('refund')
    trace.failed(first).tool('refund', {}, { retryOf: first })
    const overlapping = new TraceBuilder().begun(0)
    const other = overlapping.model({ stream: true })
    overlapping.reply(overlapping.model(), [toolCall('c', 'refund')])
    overlapping.stopsShort(other, { toolCalls: [half] }).tool('refund')
    const elsewhere = cut().trace.begun(1)
    elsewhere.tool('refund', {}, { task: 1 })
    for (const fair of [trace, overlapping, elsewhere]) expect(judge(fair)).toBe('holds')
  })

  it('takes a reply with a finish reason for whole, whatever became of its connection', () => {
    const trace = new TraceBuilder().begun(0)
    trace.stopsShort(trace.model({ stream: true }), { toolCalls: [half], finishReason: 'tool_calls' }).tool('refund')
    expect(judge(trace)).toBe('vacuous')
  })
})
