import { describe, expect, it } from 'vitest'
import type { ToolCall } from '../../../src/contract/event.ts'
import { callResult } from '../../../src/properties/loop/call-result.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'
import { bodyOf } from '../stream/_frames.ts'

const [a, b] = [toolCall('a'), toolCall('b')]
const results = (...ids: string[]) => ids.map((callId) => ({ callId, content: 'ok' }))

/** A reply that asks for tools, and the next model request with this history. */
function followedBy(
  asked: readonly ToolCall[],
  calls: readonly ToolCall[],
  resultIds: readonly string[],
): TraceBuilder {
  const trace = new TraceBuilder().started()
  trace.reply(trace.model(), asked).after(1_000)
  trace.model({ toolCalls: calls, toolResults: results(...resultIds) })
  return trace
}
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(callResult, trace))

describe('L4 call and result', () => {
  it('holds where each call has its one result', () => {
    expect(verdictOf(callResult, followedBy([a, b], [a, b], ['b', 'a']))).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a dropped result', () => {
    expect(verdictOf(callResult, followedBy([a, b], [a, b], ['a']))).toEqual({
      verdict: 'violated',
      triggers: 1,
      witness: {
        sentence: 'the model request at 1.000 s (call 1) carries tool call "b" ("lookup") without its result',
        at: 1_000,
        calls: [0, 1],
      },
    })
  })

  it('is violated by a call that vanished with its result', () => {
    expect(judge(followedBy([a, b], [a], ['a']))).toBe(
      'the model asked for tool call "b" ("lookup") at 0.000 s, but the next model request at 1.000 s (call 1) carries neither the call nor a result',
    )
  })

  it('passes over a request for a declared summary', () => {
    const summaries = { instructions: 'You sum conversations up.' }
    const trace = new TraceBuilder().started()
    trace.reply(trace.model(), [a])
    trace.model({}, { body: JSON.stringify(summaries) })
    expect(sentenceOf(verdictOf(callResult, trace))).toContain('neither the call nor a result')
    expect(sentenceOf(verdictOf(callResult, trace, { summaries }))).not.toContain('neither')
    trace.model()
    expect(sentenceOf(verdictOf(callResult, trace, { summaries }))).toContain('(call 2) carries neither')
  })

  it('lets a reply in JSON go unread where a stream was wanted', () => {
    const ask = (stream: boolean, type: string) => {
      const trace = new TraceBuilder().started()
      const call = trace.model({ stream })
      trace.head(call, 200, { 'content-type': type }).reply(call, [a])
      trace.model()
      return judge(trace)
    }
    expect(ask(true, 'application/json; charset=utf-8')).not.toContain('neither')
    expect(ask(false, 'application/json')).toContain('neither the call nor a result')
    expect(ask(true, 'text/event-stream')).toContain('neither the call nor a result')
  })

  it('asks for no result of a piece that belongs to no call', () => {
    expect(judge(followedBy([a, toolCall('', '')], [a], ['a']))).toBe('holds')
    expect(judge(followedBy([a, toolCall('', 'refund')], [a], ['a']))).toContain('neither the call nor a result')
  })

  it('knows a call that came without an id by its name, under an id that nobody gave', () => {
    const nameless = toolCall('', 'refund')
    const made = (...ids: readonly string[]) => ids.map((id) => toolCall(id, 'refund'))
    expect(judge(followedBy([a, nameless], [a, ...made('x')], ['a', 'x']))).toBe('holds')
    expect(judge(followedBy([nameless, nameless], made('x', 'y'), ['x', 'y']))).toBe('holds')
    expect(judge(followedBy([nameless, nameless], made('x'), ['x']))).toContain('neither the call nor a result')
    expect(judge(followedBy([nameless], [toolCall('x', 'lookup')], ['x']))).toContain('neither the call nor a result')
    expect(judge(followedBy([toolCall('b', 'refund'), nameless], made('b'), ['b']))).toContain('neither the call nor')
    expect(judge(followedBy([nameless], made('x'), []))).toContain(
      'carries tool call "x" ("refund") without its result',
    )
  })

  it('takes no id for two calls that came without one, one step after the other', () => {
    const again = (...ids: readonly string[]) => {
      const trace = followedBy([toolCall('', 'refund')], [toolCall('x', 'refund')], ['x'])
      trace.reply(1, [toolCall('', 'refund')])
      trace.model({ toolCalls: ids.map((id) => toolCall(id, 'refund')), toolResults: results(...ids) })
      return judge(trace)
    }
    expect(again('x', 'y')).toBe('holds')
    expect(again('x')).toContain('neither the call nor a result')
  })

  it('takes any of the ids that the pieces of one call give for its id, and none of another call', () => {
    const piece = (index: number, id: string) => ({ tool_calls: [{ index, id, function: { arguments: '' } }] })
    const changing = [piece(0, 'first'), piece(0, 'a'), piece(1, 'b')]
    const streamed = (ids: readonly string[], pieces = changing) => {
      const trace = new TraceBuilder().started()
      trace.reply(trace.model(), [a, b], bodyOf(pieces)).after(1_000)
      trace.model({ toolCalls: ids.map((id) => toolCall(id)), toolResults: results(...ids) })
      return judge(trace)
    }
    expect(streamed(['first', 'b'])).toBe('holds')
    expect(streamed(['a', 'b'])).toBe('holds')
    expect(streamed(['b'])).toContain('asked for tool call "a"')
    expect(streamed(['first'])).toContain('asked for tool call "b"')
    expect(streamed(['b'], [piece(-1, 'a'), piece(-1, 'b')])).toContain('asked for tool call "a"')
  })

  it('is violated by a result without call and by a second result', () => {
    expect(judge(followedBy([a], [a], ['a', 'x']))).toContain('carries a result for "x" without a tool call of that id')
    expect(judge(followedBy([a], [a], ['a', 'a']))).toContain('carries tool call "a" ("lookup") once with 2 results')
  })

  it('admits one result or as many as calls for an id that a reply repeats', () => {
    expect(judge(followedBy([a, a], [a, a], ['a', 'a']))).toBe('holds')
    expect(judge(followedBy([a, a], [a, a], ['a']))).toBe('holds')
    expect(judge(followedBy([a, a], [a], ['a']))).toBe('holds')
    expect(judge(followedBy([a, a, a], [a, a, a], ['a', 'a']))).toContain('3 times with 2 results')
  })

  it('demands a result in each turn of an id that replies use again', () => {
    const trace = followedBy([a], [a], ['a'])
    trace.reply(1, [a])
    trace.model({ toolCalls: [a, a], toolResults: results('a') })
    expect(judge(trace)).toContain('2 times with one result')
  })

  it('lets compaction after an overflow leave out a pair, but no half of one', () => {
    const compacted = (calls: readonly ToolCall[], ...ids: string[]) => {
      const trace = new TraceBuilder().started()
      trace.answer(trace.model(), 400, { code: 'context_length_exceeded' })
      trace.reply(trace.model({}, { body: 'shorter' }), [a])
      trace.model({ toolCalls: calls, toolResults: results(...ids) })
      return trace
    }
    expect(judge(compacted([]))).toBe('holds')
    expect(judge(compacted([a]))).toContain('without its result')
  })

  it('does not judge the retry of the request that the reply answered', () => {
    const trace = new TraceBuilder().started()
    const first = trace.model()
    trace.reply(first, [a])
    trace.model({}, { retryOf: first })
    expect(judge(trace)).toBe('vacuous')
  })

  it('keeps overlapping tasks apart', () => {
    const trace = new TraceBuilder().started('x', 0).started('y', 1)
    trace.reply(trace.model({}, { task: 0 }), [a])
    trace.model({}, { task: 1 })
    expect(judge(trace)).toBe('vacuous')
  })
})
