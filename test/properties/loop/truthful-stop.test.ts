import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/contract/json.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { truthfulStop } from '../../../src/properties/loop/truthful-stop.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const judge = (trace: TraceBuilder, profile: ProfileInput = {}) => sentenceOf(verdictOf(truthfulStop, trace, profile))

function afterReply(asked = 0): TraceBuilder {
  const trace = new TraceBuilder().started()
  const asks = Array.from({ length: asked }, (_, index) => toolCall(`c${index}`, 'refund'))
  return trace.reply(trace.model(), asks)
}

function afterError(status: number, code?: string, body = '{}'): TraceBuilder {
  const trace = new TraceBuilder().started()
  return trace.answer(trace.model(), status, { body, ...(code === undefined ? {} : { code }) })
}

describe('L3 truthful stop', () => {
  it('holds for end_turn after a reply without tool calls', () => {
    expect(verdictOf(truthfulStop, afterReply().ended('end_turn'))).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by end_turn after a failed, broken, open or missing call, or with tools still asked for', () => {
    const broken = new TraceBuilder().started()
    broken.aborted(broken.model())
    const open = afterReply()
    open.model()
    expect(judge(afterError(500).ended())).toBe(
      'task "refund" stopped at 0.000 s with reason "end_turn", but its last model call (call 0, sent at 0.000 s) was answered 500',
    )
    expect(judge(broken.ended())).toContain('was given up unanswered')
    expect(judge(open.ended())).toContain('(call 1, sent at 0.000 s) was still unanswered')
    expect(judge(new TraceBuilder().started().ended())).toContain('but it made no model call')
    expect(judge(afterReply(2).ended())).toContain('asked for 2 tool calls')
  })

  it('admits end_turn where a slower twin of the answering call is still open', () => {
    const trace = new TraceBuilder().started()
    const first = trace.model()
    trace.model()
    expect(judge(trace.reply(first).ended())).toBe('holds')
  })

  it('admits end_turn for an answer of a declared source that asks no model, and of no other', () => {
    const chain = [
      { source: 'primary', upstream: 'openai' },
      { source: 'cache', cache: { maxStaleMs: 1 } },
    ]
    const from = (source: string) => {
      const trace = new TraceBuilder().begun(0)
      return trace.answer(trace.model(), 503).concluded({ claims: { source } })
    }
    expect(judge(from('cache'), { fallback: { chain } })).toBe('holds')
    expect(judge(from('primary'), { fallback: { chain } })).toContain('was answered 503')
    expect(judge(from('cache'))).toContain('was answered 503')
  })

  it('admits end_turn after tool calls where a heartbeat is declared and none of them asks for one', () => {
    const asking = (...values: readonly Json[]) => {
      const trace = new TraceBuilder().started()
      const calls = values.map((value, index) => toolCall(`c${index}`, 'note', { request_heartbeat: value }))
      return trace.reply(trace.model(), calls).ended()
    }
    const profile = { heartbeat: { parameter: 'request_heartbeat' } }
    expect(judge(asking(false, null), profile)).toBe('holds')
    expect(judge(afterReply(1).ended(), profile)).toBe('holds')
    expect(judge(afterReply(0).ended(), profile)).toBe('holds')
    expect(judge(asking(false, true), profile)).toContain('asked for 2 tool calls, and for a heartbeat after them')
    expect(judge(asking('True'), profile)).toContain('asked for 1 tool calls, and for a heartbeat after them')
    expect(judge(asking(false))).toContain('asked for 1 tool call')
    expect(judge(afterError(500).ended(), profile)).toContain('was answered 500')
  })

  it('knows no heartbeat in arguments that are no object', () => {
    const trace = new TraceBuilder().started()
    const calls = ['[true]', 'null', '{"request_heartbeat":'].map((text) => ({
      id: text,
      name: 'note',
      arguments: text,
    }))
    const profile = { heartbeat: { parameter: 'request_heartbeat' } }
    expect(judge(trace.reply(trace.model(), calls).ended(), profile)).toBe('holds')
  })

  it('accepts llm_api_error only after a call that did not succeed', () => {
    expect(judge(afterError(503).ended('llm_api_error'))).toBe('holds')
    expect(judge(afterReply().ended('llm_api_error'))).toContain('(call 0, sent at 0.000 s) succeeded')
  })

  it('accepts max_steps only at the declared number of replies with tools still asked for', () => {
    expect(judge(afterReply(1).ended('max_steps'), { maxSteps: 1 })).toBe('holds')
    expect(judge(afterReply(1).ended('max_steps'))).toBe('holds')
    expect(judge(afterReply(1).ended('max_steps'), { maxSteps: 2 })).toContain(
      '1 model replies had arrived where 2 are',
    )
    expect(judge(afterReply(0).ended('max_steps'), { maxSteps: 1 })).toContain('the last model reply asked for no tool')
    expect(judge(afterError(500).ended('max_steps'), { maxSteps: 1 })).toContain('no model reply had arrived')
  })

  it('accepts requires_approval only with an approval undecided', () => {
    const asked = (decision?: 'approved' | 'denied' | 'pending') => {
      const trace = afterReply(1)
      trace.approval('refund', {}, decision)
      return trace.ended('requires_approval')
    }
    expect(judge(asked())).toBe('holds')
    expect(judge(asked('pending'))).toBe('holds')
    expect(judge(asked('denied'))).toContain('every approval that it asked for had been decided')
    expect(judge(afterReply(1).ended('requires_approval'))).toContain('it had asked for no approval')
  })

  it('takes a decision on other arguments for none', () => {
    const trace = afterReply(1)
    trace.approval('refund', { id: 'A-1' }, 'approved', { decided: { id: 'A-2' } })
    expect(judge(trace.ended('requires_approval'))).toBe('holds')
  })

  it('reads nothing from a call for a declared summary', () => {
    const summaries = { instructions: 'You sum conversations up.' }
    const trace = afterError(500)
    trace.reply(trace.model({}, { body: JSON.stringify(summaries) }))
    expect(judge(trace.ended('llm_api_error'), { summaries })).toBe('holds')
    expect(judge(trace.ended('llm_api_error'))).toContain('succeeded')
  })

  it('takes the retry of an approval request for the same question', () => {
    const trace = afterReply(1)
    const first = trace.approval('refund', {})
    trace.answer(first, 503)
    trace.approval('refund', {}, 'approved', { retryOf: first })
    expect(judge(trace.ended('requires_approval'))).toContain('every approval that it asked for had been decided')
  })

  it('admits requires_approval as the question itself where a gated tool was asked for', () => {
    const profile = { tools: { gated: ['refund'] } }
    expect(judge(afterReply(1).ended('requires_approval'), profile)).toBe('holds')
  })

  it('accepts context_window_exceeded only after an overflow, by code or by sentence', () => {
    const says = '{"error":{"message":"This model\'s maximum context length is 8192 tokens."}}'
    expect(judge(afterError(400, 'context_length_exceeded').ended('context_window_exceeded'))).toBe('holds')
    expect(judge(afterError(400, undefined, says).ended('context_window_exceeded'))).toBe('holds')
    expect(judge(afterError(200, 'context_length_exceeded').ended('context_window_exceeded'))).toBe('holds')
    expect(judge(afterError(429).ended('context_window_exceeded'))).toContain('call 0 was answered 429')
    expect(judge(afterReply().ended('context_window_exceeded'))).toContain('no model call had failed')
  })

  it('admits context_window_exceeded of whoever declares the window, and so may count before it sends', () => {
    const chain = [{ source: 'primary', upstream: 'openai', windowTokens: 8_192 }, { source: 'text' }]
    expect(judge(afterReply(1).ended('context_window_exceeded'))).toContain('no model call had failed')
    expect(judge(afterReply(1).ended('context_window_exceeded'), { fallback: { chain } })).toBe('holds')
  })

  it('accepts cancelled only after a cancellation', () => {
    expect(judge(afterReply().ended('cancelled'))).toContain('nobody had cancelled it')
    expect(judge(afterReply().cancelled().ended('cancelled'))).toBe('holds')
    expect(judge(new TraceBuilder().cancelled().started().ended('cancelled'))).toBe('holds')
    expect(judge(new TraceBuilder().started().cancelled(1).ended('cancelled'))).toContain('nobody had cancelled it')
  })

  it('accepts deadline once a declared limit is reached, or where a failure may have been waited for', () => {
    const limits = { timeouts: { taskMs: 5_000, stepMs: 2_000 } }
    const early = () => afterReply().after(1_999)
    expect(judge(early().ended('deadline'), limits)).toContain(
      'it had lasted 1.999 s of its 2.000 s, and nothing had failed',
    )
    expect(judge(early().after(1).ended('deadline'), limits)).toBe('holds')
    expect(judge(early().ended('deadline'))).toBe('holds')
    const failing = afterReply()
    failing.failed(failing.tool('lookup'))
    expect(judge(failing.ended('deadline'), limits)).toBe('holds')
    const mended = afterReply()
    mended.failed(mended.tool('lookup'))
    mended.answer(mended.tool('lookup'), 200)
    expect(judge(mended.ended('deadline'), limits)).toContain('nothing had failed')
  })

  it('accepts tool_rule and invalid_tool_call after a reply with calls, and no_tool_call after one without', () => {
    for (const stop of ['tool_rule', 'invalid_tool_call']) {
      expect(judge(afterReply(1).ended(stop))).toBe('holds')
      expect(judge(afterReply().ended(stop))).toContain('the last model reply asked for no tool')
      expect(judge(new TraceBuilder().started().ended(stop))).toContain('no model reply had arrived')
    }
    expect(judge(afterReply().ended('no_tool_call'))).toBe('holds')
    expect(judge(afterReply(1).ended('no_tool_call'))).toContain('the last model reply asked for 1 tool call')
    expect(judge(new TraceBuilder().started().ended('no_tool_call'))).toContain('no model reply had arrived')
  })

  it('is vacuous where nothing contradicts a reason by itself', () => {
    for (const stop of ['error', 'invalid_llm_response', 'constructor']) {
      expect(judge(afterReply().ended(stop))).toBe('vacuous')
    }
  })
})
