import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Property } from '../../../src/contract/property.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { abortOnTime } from '../../../src/properties/timeout/abort-on-time.ts'
import { everyCallEnds } from '../../../src/properties/timeout/every-call-ends.ts'
import { nestedDeadlines } from '../../../src/properties/timeout/nested-deadlines.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile: ProfileInput = { timeouts: { modelMs: 5_000, toolMs: 2_000, stepMs: 8_000, taskMs: 20_000 } }
const judge = (property: Property, trace: TraceBuilder, declared = profile) =>
  sentenceOf(verdictOf(property, trace, declared))
const begun = () => new TraceBuilder().begun(0)

describe('T1 every call ends', () => {
  const silent = (): TraceBuilder => {
    const trace = begun().after(100)
    trace.struck(trace.model(), 'net.hang.headers')
    return trace
  }

  it('holds where the caller gives a call up that nobody answers', () => {
    const trace = silent().after(5_000).aborted(0).healed().finished()
    expect(verdictOf(everyCallEnds, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a call that outlasts its time after the world has healed', () => {
    expect(judge(everyCallEnds, silent().healed().after(5_001).finished('expired'))).toBe(
      'the model call to "openai" sent at 0.100 s (call 0) on behalf of task "refund-0" was still under way when the trial ended at 5.101 s, but `timeouts.modelMs` is 5.000 s, and that was over at 5.100 s',
    )
    expect(judge(everyCallEnds, silent().after(60_000).healed().after(5_000).finished('expired'))).toBe('holds')
  })

  it('is violated by a standstill with a call under way, and says nothing before the heal point', () => {
    expect(judge(everyCallEnds, silent().healed().finished('stalled'))).toContain('when the trial stalled at 0.100 s')
    expect(judge(everyCallEnds, silent().after(90_000).finished('expired'))).toBe('holds')
    expect(judge(everyCallEnds, silent().finished(), { timeouts: { toolMs: 5 } })).toBe('vacuous')
    expect(judge(everyCallEnds, silent(), {})).toBe('not applicable')
  })
})

describe('T2 nested deadlines', () => {
  it('holds where a tool is given up with its step, and a call with its task', () => {
    const trace = begun()
    const call = trace.model()
    trace
      .after(4_500)
      .reply(call, [toolCall('a')])
      .after(2_000)
    const tool = trace.tool('lookup')
    trace.after(1_500).aborted(tool)
    expect(verdictOf(nestedDeadlines, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a tool that outlasts its step', () => {
    const trace = begun()
    const call = trace.model()
    trace
      .after(4_500)
      .reply(call, [toolCall('a')])
      .after(2_000)
    const tool = trace.tool('lookup')
    trace.after(1_501).answer(tool, 200)
    expect(judge(nestedDeadlines, trace)).toBe(
      'the call of tool "lookup" sent at 6.500 s (call 1) on behalf of task "refund-0", was under way until 8.001 s, but its step began at 0.000 s, `timeouts.stepMs` is 8.000 s, and that was over at 8.000 s',
    )
  })

  it('gives each reply a step of its own', () => {
    const trace = begun()
    for (const id of ['a', 'b', 'c']) {
      const call = trace.model()
      trace.after(4_000).reply(call, [toolCall(id)])
    }
    expect(judge(nestedDeadlines, trace)).toBe('vacuous')
  })

  it('gives a look into the memory after the tools to the step that it may begin', () => {
    const looked = (lastsMs: number): TraceBuilder => {
      const trace = begun()
      const call = trace.model()
      trace.after(4_500).reply(call, [toolCall('a')])
      const tool = trace.tool('lookup')
      trace.after(1_500).answer(tool, 200)
      const look = trace.lookUp('archive')
      return trace.after(lastsMs).aborted(look)
    }
    const trace = looked(4_000)
    trace.after(100).reply(trace.model())
    expect(judge(nestedDeadlines, trace)).toBe('vacuous')
    expect(judge(nestedDeadlines, looked(8_000))).toBe('holds')
    expect(judge(nestedDeadlines, looked(8_001))).toBe(
      'the call to "archive" sent at 6.000 s (call 2) on behalf of task "refund-0", was under way until 14.001 s, but its step began at 6.000 s, `timeouts.stepMs` is 8.000 s, and that was over at 14.000 s',
    )
  })

  it('leaves a look into the memory to its step before the reply and while a tool is under way', () => {
    const early = begun()
    early.model()
    const before = early.after(4_500).lookUp('archive')
    expect(judge(nestedDeadlines, early.after(3_501).aborted(before))).toContain('its step began at 0.000 s')
    const busy = begun()
    const call = busy.model()
    busy.after(4_500).reply(call, [toolCall('a')])
    busy.tool('lookup')
    const beside = busy.after(1_000).lookUp('archive')
    expect(judge(nestedDeadlines, busy.after(2_501).aborted(beside))).toContain('its step began at 0.000 s')
  })

  it('leaves what a reply asks for to the step of that reply, the handshake for it too', () => {
    const begin = {
      tool: (trace: TraceBuilder) => trace.tool('lookup'),
      approval: (trace: TraceBuilder) => trace.approval('refund', {}),
      policy: (trace: TraceBuilder) => trace.policy('{}'),
      mcp: (trace: TraceBuilder) => trace.mcp('policies', 'lookup'),
      handshake: (trace: TraceBuilder) => trace.mcp('policies', null),
    }
    for (const ask of Object.values(begin)) {
      const trace = begun()
      const call = trace.model()
      trace.after(4_500).reply(call, [toolCall('a')])
      const asked = ask(trace)
      expect(judge(nestedDeadlines, trace.after(3_501).aborted(asked))).toContain('its step began at 0.000 s')
    }
  })

  it('is violated by a call that is sent, and by a task that goes on, after the deadline of the task', () => {
    const late = begun().after(20_001)
    late.model()
    expect(judge(nestedDeadlines, late)).toContain('its task began at 0.000 s, `timeouts.taskMs` is 20.000 s')
    expect(judge(nestedDeadlines, begun().after(20_001).concluded())).toContain('ended at 20.001 s, but it began')
    expect(judge(nestedDeadlines, begun().after(20_000).concluded({ stop: 'deadline' }))).toBe('holds')
    const open = begun().after(19_000)
    open.model()
    expect(judge(nestedDeadlines, open.after(1_500).finished())).toContain('was under way until 20.500 s')
    expect(judge(nestedDeadlines, open, { timeouts: { modelMs: 1 } })).toBe('not applicable')
  })
})

describe('T3 abort on time', () => {
  it('holds for a call that is given up at the very millisecond, and for a sooner end', () => {
    const trace = begun()
    const call = trace.model()
    trace.after(5_000).aborted(call)
    expect(verdictOf(abortOnTime, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
    const early = begun()
    const given = early.tool('lookup')
    expect(judge(abortOnTime, early.after(500).aborted(given))).toBe('vacuous')
  })

  it('is violated one millisecond later, however the call ends', () => {
    for (const end of ['aborted', 'failed', 'reply'] as const) {
      const trace = begun()
      const call = trace.model()
      trace.after(5_001)[end](call)
      expect(judge(abortOnTime, trace)).toBe(
        'the model call to "openai" sent at 0.000 s (call 0) on behalf of task "refund-0" was still under way at 5.001 s, but `timeouts.modelMs` is 5.000 s, and that was over at 5.000 s',
      )
    }
    const open = begun()
    open.tool('lookup')
    expect(judge(abortOnTime, open.after(2_001).finished())).toContain('`timeouts.toolMs` is 2.000 s')
  })

  it('waits for the first piece of a stream as long as declared, and no longer for the others', () => {
    const declared = { timeouts: { firstTokenMs: 1_000 } }
    const streamed = (firstMs: number): TraceBuilder => {
      const trace = begun()
      const call = trace.model({ stream: true })
      return trace.after(firstMs).piece(call, 0).after(5_000).piece(call, 1).after(5_000).reply(call)
    }
    expect(judge(abortOnTime, streamed(999), declared)).toBe('vacuous')
    expect(judge(abortOnTime, streamed(1_000), declared)).toBe('holds')
    expect(judge(abortOnTime, streamed(1_001), declared)).toContain('`timeouts.firstTokenMs` is 1.000 s')
    const silent = begun()
    const call = silent.model({ stream: true })
    expect(judge(abortOnTime, silent.after(1_001).aborted(call), declared)).toContain('firstTokenMs')
    const whole = begun()
    whole.model()
    expect(judge(abortOnTime, whole.after(9_000).finished(), declared)).toBe('vacuous')
  })

  it('agrees with arithmetic', () => {
    const law = fc.property(fc.nat(8_000), fc.nat(8_000), (sentAt, lastsMs) => {
      const trace = begun().after(sentAt)
      const call = trace.model()
      trace.after(lastsMs).reply(call)
      const expected = lastsMs < 5_000 ? 'vacuous' : lastsMs === 5_000 ? 'holds' : 'violated'
      expect(verdictOf(abortOnTime, trace, profile).verdict).toBe(expected)
    })
    fc.assert(law, { numRuns: 300 })
  })
})
