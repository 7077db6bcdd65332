import { describe, expect, it } from 'vitest'
import { termination } from '../../../src/properties/loop/termination.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

describe('L1 termination', () => {
  it('holds for a task that ends within its bounds', () => {
    const trace = new TraceBuilder().started()
    trace
      .reply(trace.model(), [toolCall('a')])
      .reply(trace.model())
      .after(100)
      .ended()
      .finished()
    expect(verdictOf(termination, trace, { maxSteps: 2, terminationMs: 100 })).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
  })

  it('is violated by the first reply beyond the declared steps', () => {
    const trace = new TraceBuilder().started()
    trace.reply(trace.model(), [toolCall('a')]).after(1_250)
    trace.reply(trace.model(), [toolCall('b')])
    expect(verdictOf(termination, trace, { maxSteps: 1 })).toEqual({
      verdict: 'violated',
      triggers: 1,
      witness: {
        sentence: 'task "refund" received model reply 2 at 1.250 s, but the agent declares at most 1 per task',
        at: 1_250,
        calls: [1],
      },
    })
  })

  it('counts no reply to a request for a declared summary', () => {
    const instructions = 'You sum "conversations" up.'
    const ask = (body: string) => {
      const trace = new TraceBuilder().started()
      trace.reply(trace.model({}, { body }))
      trace.reply(trace.model())
      return sentenceOf(verdictOf(termination, trace, { maxSteps: 1, summaries: { instructions } }))
    }
    expect(ask(JSON.stringify({ system: `${instructions} Be short.` }))).toBe('holds')
    expect(ask('{"system":"You sum"}')).toContain('model reply 2')
  })

  it('is violated by every end of the trial but finished', () => {
    for (const how of ['expired', 'exited', 'crashed', 'blocked', 'died'] as const) {
      const trace = new TraceBuilder().started().after(2_000).finished(how, 'TypeError: boom')
      expect(sentenceOf(verdictOf(termination, trace))).toMatch(
        /at 2\.000 s, with "refund" unfinished: "TypeError: boom"$/,
      )
    }
  })

  it('says of a stalled trial no more than that', () => {
    const trace = new TraceBuilder().started().after(2_000).finished('stalled', 'nothing in flight and no timer set')
    expect(sentenceOf(verdictOf(termination, trace))).toBe(
      'the trial stalled with nothing in flight and no timer set at 2.000 s, with "refund" unfinished',
    )
  })

  it('names a crash after every task had ended as such', () => {
    const trace = new TraceBuilder().started().ended().finished('crashed')
    expect(sentenceOf(verdictOf(termination, trace))).toBe(
      'the agent crashed on an uncaught error at 0.000 s, after every task had ended',
    )
  })

  it('is violated by a task that ends later than declared after its start', () => {
    const trace = new TraceBuilder().after(500).started().after(1_001).ended()
    expect(sentenceOf(verdictOf(termination, trace, { terminationMs: 1_000 }))).toBe(
      'task "refund" ended at 1.501 s, but it began at 0.500 s and the agent declares to end within 1.000 s',
    )
  })

  it('counts from the heal point where the world healed during the task', () => {
    const healed = (endsAfter: number) => new TraceBuilder().started().after(5_000).healed().after(endsAfter).ended()
    expect(verdictOf(termination, healed(1_000), { terminationMs: 1_000 }).verdict).toBe('holds')
    expect(sentenceOf(verdictOf(termination, healed(1_001), { terminationMs: 1_000 }))).toContain(
      'the world healed at 5.000 s',
    )
  })

  it('does not count the time of a disturbed world before it heals', () => {
    const disturbed = () => {
      const trace = new TraceBuilder().started()
      const call = trace.model()
      return trace.planted(call, 'delete_customer', {}).reply(call).after(5_000)
    }
    expect(verdictOf(termination, disturbed().ended(), { terminationMs: 1_000 }).verdict).toBe('holds')
    const healed = disturbed().healed().after(1_001).ended()
    expect(sentenceOf(verdictOf(termination, healed, { terminationMs: 1_000 }))).toContain('healed at 5.000 s')
  })

  it('is vacuous where no task starts', () => {
    expect(verdictOf(termination, new TraceBuilder().finished())).toEqual({ verdict: 'vacuous' })
  })
})
