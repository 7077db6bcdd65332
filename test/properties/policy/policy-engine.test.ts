import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { policyEngine } from '../../../src/properties/policy/policy-engine.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile = { tools: { governed: ['refund'] } }
const args = { order: 'A-1', amount: 5 }
const allowed = '{"result":{"allow":true}}'
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(policyEngine, trace, profile))

/** A task in which the engine is asked whether this refund may be made; gives the call. */
function ask(trace = new TraceBuilder().begun(0), about: JsonObject = args, task = 0): [TraceBuilder, number] {
  const body = JSON.stringify({ input: { tool: 'refund', arguments: about } })
  return [trace, trace.policy(body, { task })]
}

/** The engine is asked, and answers so. */
function answered(body: string, status = 200): TraceBuilder {
  const [trace, call] = ask()
  return trace.after(20).answer(call, status, { body })
}

describe('P8 policy engine', () => {
  it('holds where what is denied or undecided is left, and what is allowed is done, also again and in a retry', () => {
    expect(verdictOf(policyEngine, answered('{"result":{"allow":false}}'), profile)).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
    const [trace, failing] = ask()
    const [, call] = ask(trace.failed(failing))
    const first = trace.answer(call, 200, { body: '{"result":true}' }).tool('refund', { amount: 5, order: 'A-1' })
    trace.answer(first, 503).tool('refund', args, { retryOf: first })
    expect(judge(trace.after(100))).toBe('holds')
    trace.tool('refund', args)
    expect(judge(trace)).toBe('holds')
  })

  it('is violated where the engine was never asked, or only about another call', () => {
    const never = new TraceBuilder().begun(0).after(40)
    never.tool('refund', args)
    expect(judge(never)).toBe(
      'tool "refund", which stands under a policy engine, was called at 0.040 s (call 0) with {"order":"A-1","amount":5}, but the engine had not been asked about it',
    )
    const other = answered(allowed)
    other.tool('refund', { order: 'A-1', amount: 500 })
    expect(judge(other)).toContain(
      'but what the engine had allowed (call 0) was the call with {"order":"A-1","amount":5}',
    )
    const elsewhere = answered(allowed).begun(1)
    elsewhere.tool('refund', args, { task: 1 })
    expect(judge(elsewhere)).toContain('the engine had not been asked about it')
  })

  it.each([
    ['{"result":{"allow":false}}', 200, 'the engine had denied it (call 0, answered 200 at 0.020 s)'],
    ['{"result":{"allow":"true"}}', 200, 'the engine had decided nothing (call 0, answered 200 at 0.020 s)'],
    ['{"result":{"allow":tr', 200, 'the engine had decided nothing'],
    ['{}', 200, 'the engine had decided nothing'],
    [allowed, 500, 'the engine had decided nothing (call 0, answered 500 at 0.020 s)'],
    [allowed, 403, 'the engine had decided nothing (call 0, answered 403 at 0.020 s)'],
  ])('is violated by a call that %s, with status %i, does not allow', (body, status, why) => {
    const trace = answered(body, status)
    trace.tool('refund', args)
    expect(judge(trace)).toContain(why)
  })

  it('is violated by a call before the answer, after the question was given up, and when it failed', () => {
    const [early, open] = ask()
    early.after(10).tool('refund', args)
    early.after(10).answer(open, 200, { body: allowed })
    expect(judge(early)).toContain('the engine, asked at 0.000 s (call 0), had not answered yet')
    const [late, call] = ask()
    late.after(2_000).aborted(call).tool('refund', args)
    expect(judge(late)).toContain('the engine had decided nothing (call 0, given up at 2.000 s)')
    const [down, refused] = ask()
    down.failed(refused, 'ECONNREFUSED').tool('refund', args)
    expect(judge(down)).toContain('(call 0, failed at 0.000 s: ECONNREFUSED)')
  })

  it('goes by the last answer where the engine is asked anew, and by any where questions stand side by side', () => {
    const anew = answered(allowed)
    anew.tool('refund', args)
    const [, again] = ask(anew)
    anew.failed(again).tool('refund', args)
    expect(judge(anew)).toContain('the engine had decided nothing (call 2')
    const [hedged, first] = ask()
    const [, second] = ask(hedged)
    hedged.answer(first, 200, { body: allowed }).tool('refund', args)
    expect(judge(hedged.aborted(second))).toBe('holds')
    const twice = new TraceBuilder().begun(0)
    twice.reply(twice.model(), [toolCall('a', 'refund', args), toolCall('b', 'refund', args)])
    const [, one] = ask(twice)
    const [, other] = ask(twice.answer(one, 200, { body: allowed }))
    twice.failed(other).tool('refund', args)
    expect(judge(twice)).toBe('holds')
  })

  it('is judged behind a server of MCP, vacuous where every call is allowed, not applicable where none is declared', () => {
    const server = new TraceBuilder().begun(0)
    server.mcp('orders', 'refund', args)
    expect(judge(server)).toContain('the engine had not been asked about it')
    expect(judge(answered(allowed))).toBe('vacuous')
    expect(verdictOf(policyEngine, answered(allowed))).toEqual({ verdict: 'not applicable' })
  })
})
