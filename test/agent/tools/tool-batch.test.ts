import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { asks, ok, says } from '../chat-replies.ts'
import { holdTimers, letLimitsPass, longLimitMs } from '../passing-time.ts'
import { runAgent } from '../rig.ts'

const done = says('Done.')
const args = { orderId: 'A-1001' }
const refund = { name: 'issue_refund', args }
const lookUp = { name: 'look_up_order', args }

describe('a call that must not run', () => {
  it.each([
    [
      'of an unknown tool',
      { name: 'functions.look_up_order', args },
      /no such tool; the tools are look_up_order, issue_refund/,
    ],
    ['with arguments that are not JSON', { name: 'issue_refund', args: "{'orderId':" }, /not valid JSON/],
    ['with empty arguments', { name: 'issue_refund', args: '' }, /not valid JSON/],
    ['with arguments encoded twice', { name: 'issue_refund', args: JSON.stringify(JSON.stringify(args)) }, /schema/],
    ['without a required argument', { name: 'issue_refund', args: {} }, /schema \(orderId/],
    ['with an argument too many', { name: 'issue_refund', args: { ...args, amount: 5 } }, /schema .*amount/],
  ])('%s is answered in words', async (_case, call, words) => {
    const { outcome, back, results } = await runAgent({ model: [asks([call]), done], back: [ok({})] })
    expect(outcome.stop).toBe('end_turn')
    expect(back.seen).toEqual([])
    expect(results()).toEqual([{ id: 'call_1', content: expect.stringMatching(words) }])
  })

  it('of a forbidden tool is refused', async () => {
    const { back, results } = await runAgent({
      model: [asks([refund]), done],
      options: { policy: { forbidden: ['issue_refund'] } },
    })
    expect(back.seen).toEqual([])
    expect(results()[0]?.content).toMatch(/forbidden/)
  })

  it('with a secret in its arguments is refused, and the result does not repeat it', async () => {
    const { back, results } = await runAgent({
      model: [asks([{ name: 'look_up_order', args: { orderId: 'x canary-7f3a91 x' } }]), done],
      options: { policy: { secrets: ['canary-7f3a91'] } },
    })
    expect(back.seen).toEqual([])
    expect(results()[0]?.content).toMatch(/contain a secret/)
    expect(results()[0]?.content).not.toContain('7f3a91')
  })

  it('on a target that the user did not name is refused', async () => {
    const { back, results } = await runAgent({
      input: 'Refund A-1001 please',
      model: [
        asks([
          { name: 'issue_refund', args: { orderId: 'A-100' } },
          { ...refund, id: 'call_2' },
        ]),
        done,
      ],
      back: [ok({ refunded: true })],
      options: { policy: { userMustName: { issue_refund: ['orderId'] } } },
    })
    expect(back.seen.map(({ text }) => text)).toEqual(['{"orderId":"A-1001"}'])
    expect(results()[0]?.content).toMatch(/did not name/)
  })

  it('in a reply cut at its length limit is not run although its arguments parse', async () => {
    const { back, results } = await runAgent({ model: [asks([refund], 'length'), done] })
    expect(back.seen).toEqual([])
    expect(results()[0]?.content).toMatch(/cut off/)
  })
})

describe('a gated call', () => {
  const gated = (approve: (request: unknown) => Promise<never>) => ({ policy: { gated: ['issue_refund'], approve } })

  it('runs with exactly the arguments that were approved', async () => {
    const asked: unknown[] = []
    const { back } = await runAgent({
      model: [asks([refund]), done],
      back: [ok({})],
      options: gated(async (request) => (asked.push(request), 'approved' as never)),
    })
    expect(asked).toEqual([{ tool: 'issue_refund', arguments: args }])
    expect(back.seen.map(({ text }) => JSON.parse(text))).toEqual([args])
  })

  it('that would repeat an effect is refused without asking', async () => {
    let asked = 0
    const { back } = await runAgent({
      model: [asks([refund]), asks([{ ...refund, id: 'again' }]), done],
      back: [ok({}), ok({})],
      options: gated(async () => (asked++, 'approved' as never)),
    })
    expect(back.seen).toHaveLength(1)
    expect(asked).toBe(1)
  })

  it('that is denied does not run, says so, and is not asked about again', async () => {
    let asked = 0
    const { outcome, back, results } = await runAgent({
      model: [asks([refund]), asks([{ ...refund, id: 'again' }]), done],
      options: gated(async () => (asked++, 'denied' as never)),
    })
    expect(outcome.stop).toBe('end_turn')
    expect(back.seen).toEqual([])
    expect(results().map(({ content }) => content)).toEqual([
      expect.stringMatching(/denied/),
      expect.stringMatching(/denied/),
    ])
    expect(asked).toBe(1)
  })

  it.each([
    ['is pending', async () => 'pending' as never],
    ['is an answer nobody knows', async () => 'yes' as never],
    ['fails', async () => Promise.reject(new Error('the approval service is down'))],
    [
      'fails at once',
      () => {
        throw new Error('down')
      },
    ],
    [
      'never comes',
      () => {
        letLimitsPass()
        return new Promise<never>(() => undefined)
      },
    ],
  ])('whose approval %s ends the task with nothing of its reply run', async (_case, approve) => {
    holdTimers()
    const { outcome, back, model } = await runAgent({
      model: [asks([lookUp, { ...refund, id: 'call_2' }]), done],
      options: { ...gated(approve), timeouts: { toolMs: longLimitMs } },
    })
    expect(outcome).toEqual({ answer: null, stop: 'requires_approval' })
    expect(back.seen).toEqual([])
    expect(model.seen).toHaveLength(1)
  })
})

describe('several calls in one reply', () => {
  it('have one result each, in call order, whatever each came to', async () => {
    const { results, messages } = await runAgent({
      model: [
        asks([
          { id: 'a', name: 'nobody_knows', args },
          { id: 'b', name: 'look_up_order', args },
          { id: 'c', name: 'issue_refund', args: '{' },
          { id: 'd', name: 'issue_refund', args },
        ]),
        done,
      ],
      back: [ok(1), ok(2)],
    })
    expect(results().map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(messages(1).map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'tool', 'tool', 'tool'])
  })

  it('run together where all are read-only', async () => {
    const meeting = meetingPoint(2)
    const { results } = await runAgent({
      tools: [readOnly('first', meeting), readOnly('second', meeting)],
      model: [
        asks([
          { name: 'first', args: {} },
          { name: 'second', args: {} },
        ]),
        done,
      ],
    })
    expect(results().map(({ content }) => content)).toEqual(['met', 'met'])
  })

  it('run in call order around an effectful one', async () => {
    const log: string[] = []
    const { outcome } = await runAgent({
      tools: [logging('write', true, log), logging('read', false, log)],
      model: [
        asks([
          { name: 'read', args: { n: '1' } },
          { name: 'write', args: { n: '2' } },
          { name: 'write', args: { n: '3' } },
          { name: 'read', args: { n: '4' } },
        ]),
        done,
      ],
    })
    expect(outcome.stop).toBe('end_turn')
    expect(log).toEqual(['+1', '-1', '+2', '-2', '+3', '-3', '+4', '-4'])
  })

  it('under one id run once, and the history keeps one call and one result for it', async () => {
    const { back, results, messages } = await runAgent({
      model: [
        asks([
          { ...lookUp, id: 'same' },
          { ...refund, id: 'same' },
        ]),
        done,
      ],
      back: [ok({ state: 'shipped' })],
    })
    expect(back.seen.map(({ path }) => path)).toEqual(['/orders/A-1001'])
    expect(messages(1)[2]?.tool_calls?.map(({ id }) => id)).toEqual(['same'])
    expect(results()).toEqual([
      { id: 'same', content: expect.stringMatching(/shipped[^]*same id "same".*not executed/) },
    ])
  })
})

/** Resolves for everybody once the given number has come; a serial caller would wait for ever. */
function meetingPoint(expected: number): () => Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let present = 0
  return () => {
    if (++present === expected) resolve('met')
    return promise
  }
}

function readOnly(name: string, execute: () => Promise<unknown>) {
  return defineTool({ name, description: name, parameters: z.object({}), effectful: false, execute })
}

function logging(name: string, effectful: boolean, log: string[]) {
  return defineTool({
    name,
    description: name,
    parameters: z.object({ n: z.string() }),
    effectful,
    execute: async ({ n }) => {
      log.push(`+${n}`)
      await new Promise((resolve) => setImmediate(resolve))
      log.push(`-${n}`)
    },
  })
}
