import { describe, expect, it } from 'vitest'
import type { ToolCall } from '../../../src/contract/event.ts'
import { damagedArguments } from '../../../src/properties/stream/damaged-arguments.ts'
import { wholeToolCall } from '../../../src/properties/stream/whole-tool-call.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'
import { bodyOf, callDelta } from './_frames.ts'

const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(damagedArguments, trace))
const asks = (args: string): ToolCall[] => [{ id: 'c', name: 'refund', arguments: args }]

/** A reply whose second delta came twice: `{"n":` `1` `1` `}` for a number, or broken JSON for a brace. */
function repeated(middle: string, ...rest: readonly string[]): TraceBuilder {
  const deltas = [
    callDelta('{"n":', 'refund'),
    callDelta(middle),
    callDelta(middle),
    ...rest.map((one) => callDelta(one)),
  ]
  const trace = new TraceBuilder().begun(0)
  const call = trace.model({ stream: true })
  return trace.struck(call, 'sse.dup').reply(call, asks(`{"n":${middle}${middle}${rest.join('')}`), bodyOf(deltas))
}

describe('Z3 damaged streams', () => {
  it('holds where nothing is executed, where the damage is mended, and where it cannot be seen', () => {
    expect(verdictOf(damagedArguments, repeated('1}').concluded({ stop: 'invalid_llm_response' }))).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
    const mended = repeated('1}')
    mended.tool('refund', { n: 1 })
    const unseen = repeated('1', '}')
    unseen.tool('refund', { n: 11 })
    for (const fair of [mended, unseen]) expect(judge(fair)).toBe('holds')
  })

  it('is violated where broken arguments are executed as something else', () => {
    const trace = repeated('1}')
    trace.tool('refund', { n: 0 })
    expect(judge(trace)).toBe(
      'tool "refund" was called at 0.000 s (call 1) with {"n":0}, but call 0, whose stream was damaged, had asked for it with "{\\"n\\":1}1}", which is no JSON object',
    )
  })

  it('judges a stream with an unreadable frame by the others, which Z1 leaves to it', () => {
    const read = (args: { n: number }) => {
      const trace = new TraceBuilder().begun(0)
      const call = trace.model({ stream: true })
      const body = bodyOf([callDelta('{"n":', 'refund'), '{unparsable}', callDelta('1}')])
      trace
        .struck(call, 'sse.malformed')
        .stopsShort(call, { toolCalls: asks('{"n":') }, 'cut', body)
        .tool('refund', args)
      return trace
    }
    expect(judge(read({ n: 1 }))).toBe('holds')
    expect(judge(read({ n: 2 }))).toContain('which is no JSON object')
    expect(sentenceOf(verdictOf(wholeToolCall, read({ n: 1 })))).toBe('holds')
  })

  it('forgets the damage with the next reply, and is vacuous without any', () => {
    const trace = repeated('1}')
    trace.reply(trace.model({ stream: true }), asks('{"n":3}')).tool('refund', { n: 3 })
    expect(judge(trace)).toBe('holds')
    const sound = new TraceBuilder().begun(0)
    sound.reply(sound.model(), asks('{"n":')).tool('refund', { n: 3 })
    expect(judge(sound)).toBe('vacuous')
  })
})
