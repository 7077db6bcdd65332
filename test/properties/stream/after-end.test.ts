import { describe, expect, it } from 'vitest'
import { afterEnd } from '../../../src/properties/stream/after-end.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'
import { bodyOf, callDelta } from './_frames.ts'

const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(afterEnd, trace))

/** A reply "On its way" after whose end this came as well. */
function late(...after: readonly object[]): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  const call = trace.model({ stream: true })
  return trace.says(call, 'On its way', 'stop', bodyOf([{ content: 'On its ' }, { content: 'way' }], after))
}

describe('Z5 after the end of a stream', () => {
  it('holds where it is ignored', () => {
    expect(verdictOf(afterEnd, late({ content: 'way' }).concluded({ answer: 'On its way' }))).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
    const tool = late(callDelta('{}', 'refund'))
    tool.reply(tool.model(), [toolCall('c', 'refund')]).tool('refund')
    expect(judge(tool)).toBe('holds')
  })

  it('is violated where late text is appended to the answer', () => {
    expect(judge(late({ content: 'way' }).concluded({ answer: 'On its wayway' }))).toBe(
      'the answer of task "refund-0" at 0.000 s holds the reply of call 0 with "way" appended, which came after the end of its stream',
    )
  })

  it('is violated where a tool is called that only late frames name', () => {
    const trace = late(callDelta('{}', 'refund'))
    trace.tool('refund')
    expect(judge(trace)).toContain('but only what came after the end of the stream of call 0 names it')
  })

  it('counts the fault as its situation, also where the client hangs up at the end, and is vacuous without it', () => {
    const trace = new TraceBuilder().begun(0)
    const call = trace.model({ stream: true })
    trace.struck(call, 'sse.done_then_more').says(call, 'On its way', 'stop', bodyOf([{ content: 'On its way' }]))
    expect(judge(trace)).toBe('holds')
    expect(judge(late())).toBe('vacuous')
    const quoting = new TraceBuilder().begun(0)
    quoting.says(quoting.model(), '[DONE] data: {}', 'stop', '{"content":"[DONE] data: {}"}')
    expect(judge(quoting)).toBe('vacuous')
  })
})
