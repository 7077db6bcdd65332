import { describe, expect, it } from 'vitest'
import { idempotencyKey } from '../../../src/properties/retry/idempotency-key.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile = { tools: { effectful: ['refund'] } }
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(idempotencyKey, trace, profile))
const key = (idempotencyKey: string, order = 'A-1') => ({ idempotencyKey, body: JSON.stringify({ order }) })

describe('R10 idempotency keys', () => {
  it('holds where attempts share a key and other calls have others', () => {
    const trace = new TraceBuilder().started()
    const call = trace.tool('refund', { order: 'A-1' }, key('k1'))
    const again = trace.failed(call).tool('refund', { order: 'A-1' }, { ...key('k1'), retryOf: call })
    trace.answer(again, 200).tool('refund', { order: 'A-2' }, key('k2', 'A-2'))
    expect(verdictOf(idempotencyKey, trace, profile)).toEqual({ verdict: 'holds', triggers: 2 })
  })

  it('is violated by an attempt with another key, or with none', () => {
    const retried = (options: { idempotencyKey?: string }) => {
      const trace = new TraceBuilder().started()
      const call = trace.tool('refund', {}, { idempotencyKey: 'k1' })
      trace
        .failed(call)
        .after(500)
        .tool('refund', {}, { ...options, retryOf: call })
      return judge(trace)
    }
    expect(retried({ idempotencyKey: 'k2' })).toBe(
      'at 0.500 s attempt 2 of the call of tool "refund" (call 1) carried idempotency key "k2", but attempt 1 (call 0) carried idempotency key "k1"',
    )
    expect(retried({})).toContain('carried no idempotency key, but')
  })

  it('is violated by a key that stands for two requests, or for two tasks', () => {
    const trace = new TraceBuilder().started()
    trace.answer(trace.tool('refund', { order: 'A-1' }, key('k1')), 200)
    trace.tool('refund', { order: 'A-2' }, key('k1', 'A-2'))
    expect(judge(trace)).toBe(
      'at 0.000 s the call of tool "refund" carried idempotency key "k1" of call 0, which was another request: {"order":"A-1"} and not {"order":"A-2"}',
    )
    const tasks = new TraceBuilder().started('one', 0).started('two', 1)
    tasks.tool('refund', {}, key('k1'))
    tasks.tool('refund', {}, { ...key('k1'), task: 1 })
    expect(judge(tasks)).toContain('which belonged to task "one"')
  })

  it('admits the same request anew under the same key, in the task or in the same task submitted twice', () => {
    const trace = new TraceBuilder().started('one', 0).started('one', 1)
    trace.answer(trace.tool('refund', {}, key('k1')), 200).reply(trace.model(), [toolCall('c', 'refund')])
    trace.tool('refund', {}, key('k1'))
    trace.tool('refund', {}, { ...key('k1'), task: 1 })
    expect(judge(trace)).toBe('holds')
  })

  describe('where the process is killed', () => {
    const killed = (next: { idempotencyKey?: string }, between: (trace: TraceBuilder) => unknown = () => {}) => {
      const trace = new TraceBuilder().started()
      trace.reply(trace.model(), [toolCall('c', 'refund')]).tool('refund', {}, key('k1'))
      trace.events.push({ type: 'process.killed', at: 0, tasks: [0], calls: [1] })
      between(trace.after(500).started())
      trace.tool('refund', {}, { body: '{"order":"A-1"}', ...next })
      return verdictOf(idempotencyKey, trace, profile)
    }

    it('holds where the next one makes the call again under its key', () => {
      expect(killed(key('k1'))).toEqual({ verdict: 'holds', triggers: 2 })
    })

    it('is violated by another key for the same call, or by none', () => {
      expect(sentenceOf(killed(key('k2')))).toBe(
        'at 0.500 s the call of tool "refund" carried idempotency key "k2", but the process before, which was killed, had sent it with idempotency key "k1"',
      )
      expect(sentenceOf(killed({}))).toContain('carried no idempotency key, but the process before')
    })

    it('admits another key where the model has asked anew, or where the call is another one', () => {
      const asked = (trace: TraceBuilder): unknown => trace.reply(trace.model(), [toolCall('d', 'refund')])
      expect(sentenceOf(killed(key('k2'), asked))).toBe('holds')
      expect(sentenceOf(killed({ idempotencyKey: 'k2', ...{ body: '{"order":"A-2"}' } }))).toBe('holds')
    })
  })

  it('leaves a repetition that changes its request to R11', () => {
    const trace = new TraceBuilder().started()
    trace.failed(trace.tool('refund', { order: 'A-1' }, key('k1')))
    trace.tool('refund', { order: 'A-2' }, key('k1', 'A-2'))
    expect(judge(trace)).toBe('holds')
  })
})
