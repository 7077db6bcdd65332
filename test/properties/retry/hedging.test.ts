import { describe, expect, it } from 'vitest'
import { hedging } from '../../../src/properties/retry/hedging.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile = { retry: { maxAttempts: 3, hedging: { atOnce: 2 } }, tools: { effectful: ['refund'] } }
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(hedging, trace, profile))

describe('R20 hedging', () => {
  it('holds for as many twins as declared, given up as one is answered', () => {
    const trace = new TraceBuilder().started()
    const first = trace.model()
    const twin = trace.after(200).model()
    trace.after(300).reply(twin).aborted(first)
    expect(verdictOf(hedging, trace.after(10).finished(), profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by one twin more, and by one that goes on', () => {
    const many = new TraceBuilder().started()
    for (let twin = 0; twin < 3; twin++) many.model()
    expect(judge(many)).toBe(
      'the model call to "openai" at 0.000 s made 3 equal requests under way at once, where 2 may be',
    )
    const late = new TraceBuilder().started()
    const [first, twin] = [late.model(), late.model()]
    late.after(300).reply(twin).after(1).aborted(first)
    expect(judge(late)).toBe(
      'the model call to "openai" (call 0) was under way until 0.301 s, but its equal, call 1, had been answered at 0.300 s',
    )
    const open = new TraceBuilder().started()
    open.model()
    open.reply(open.model()).after(5).finished()
    expect(judge(open)).toContain('was under way until 0.005 s')
  })

  it('is violated by an effectful call under way twice, unless the model asked twice', () => {
    const twice = (asked: number) => {
      const trace = new TraceBuilder().started()
      trace.reply(
        trace.model(),
        Array.from({ length: asked }, (_, index) => toolCall(`c${index}`, 'refund')),
      )
      trace.tool('refund')
      trace.tool('refund')
      return judge(trace)
    }
    expect(twice(1)).toContain('made 2 equal requests under way at once, where 1 may be')
    expect(twice(2)).toBe('holds')
  })

  it('is not applicable where nothing is declared', () => {
    const trace = new TraceBuilder().started()
    expect(sentenceOf(verdictOf(hedging, trace, { retry: { maxAttempts: 3 } }))).toBe('not applicable')
  })
})
