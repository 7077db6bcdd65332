import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { asks, fails, ok, says } from '../chat-replies.ts'
import { holdTimers, letLimitsPass, longLimitMs } from '../passing-time.ts'
import { runAgent } from '../rig.ts'
import { refusingUrl } from '../scripted-server.ts'

const done = says('Done.')
const refund = { name: 'issue_refund', args: { orderId: 'A-1001' } }
const sameRefund = { id: 'call_2', name: 'issue_refund', args: '{ "orderId": "A-1001" }' }
const lookUp = { name: 'look_up_order', args: { orderId: 'A-1001' } }
const limited = { timeouts: { toolMs: longLimitMs } }

describe('a read-only tool', () => {
  it.each([
    ['429', fails(429)],
    ['503', fails(503)],
    ['a reset', 'reset' as const],
    ['a cut body', 'cut' as const],
    ['silence', 'hang' as const],
  ])('is tried again after %s', async (_case, failure) => {
    holdTimers()
    const { back, results } = await runAgent({
      model: [asks([lookUp]), done],
      back: [failure, ok({ state: 'sent' })],
      options: limited,
    })
    expect(back.seen).toHaveLength(2)
    expect(results()[0]?.content).toBe('{"state":"sent"}')
  })

  it.each([
    ['404', fails(404), /status 404/],
    ['503 with x-should-retry: false', fails(503, {}, { 'x-should-retry': 'false' }), /status 503/],
    ['429 with a Retry-After of an hour', fails(429, {}, { 'retry-after': '3600' }), /status 429/],
    ['a redirect', { status: 302, headers: { location: 'http://elsewhere.invalid/' }, body: '' }, /status 302/],
    ['text that is not JSON', { status: 200, body: '<html>login</html>' }, /not JSON/],
  ])('is not tried again after %s, and the model is told', async (_case, failure, words) => {
    const { back, results } = await runAgent({ model: [asks([lookUp]), done], back: [failure, ok({})] })
    expect(back.seen).toHaveLength(1)
    expect(results()[0]?.content).toMatch(words)
  })

  it('is given up after its attempts, and may be asked for again', async () => {
    const { back, results } = await runAgent({
      model: [asks([lookUp]), asks([{ ...lookUp, id: 'again' }]), done],
      back: [fails(500), fails(500), fails(500), ok({ state: 'sent' })],
    })
    expect(back.seen).toHaveLength(4)
    expect(results().map(({ content }) => content)).toEqual([expect.stringMatching(/status 500/), '{"state":"sent"}'])
  })

  it('carries no idempotency key', async () => {
    const { back } = await runAgent({ model: [asks([lookUp]), done], back: [ok({})] })
    expect(back.seen[0]?.headers).not.toHaveProperty('idempotency-key')
  })

  it('that throws something that is no error costs one result, not the task', async () => {
    const odd = defineTool({
      name: 'odd',
      description: 'odd',
      parameters: z.object({}),
      effectful: false,
      execute: () => {
        throw undefined
      },
    })
    const { outcome, results } = await runAgent({ tools: [odd], model: [asks([{ name: 'odd', args: {} }]), done] })
    expect(outcome.stop).toBe('end_turn')
    expect(results()[0]?.content).toBe('Error: odd failed: undefined.')
  })
})

describe('an effectful tool', () => {
  it.each([
    ['silence', 'hang' as const],
    ['a reset', 'reset' as const],
    ['a cut body', 'cut' as const],
    ['408', fails(408)],
    ['500', fails(500)],
    ['503 with a Retry-After', fails(503, {}, { 'retry-after': '0' })],
    ['text that is not JSON', { status: 200, body: 'ok' }],
  ])('runs once when it meets %s, also if the model asks again', async (_case, failure) => {
    holdTimers()
    const { back, results } = await runAgent({
      model: [asks([refund]), asks([sameRefund]), done],
      back: [failure, ok({}), ok({})],
      options: limited,
    })
    expect(back.seen).toHaveLength(1)
    expect(results().map(({ content }) => content)).toEqual([
      expect.stringMatching(/unknown: do not repeat it/),
      expect.stringMatching(/not executed again.*unknown/),
    ])
  })

  it('is tried again under one idempotency key after 429, which refuses before anything happens', async () => {
    const { back, results } = await runAgent({
      model: [asks([refund]), done],
      back: [fails(429), ok({ refunded: true })],
    })
    const keys = back.seen.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(keys[0]).toMatch(/^[\da-f]{32}$/)
    expect(keys[1]).toBe(keys[0])
    expect(results()[0]?.content).toBe('{"refunded":true}')
  })

  it('has the same idempotency key in a repeated task, and another for another effect', async () => {
    const other = { id: 'call_2', name: 'issue_refund', args: { orderId: 'B-2' } }
    const script = { model: [asks([refund, other]), done], back: [ok({}), ok({})] }
    const keysOf = (run: Awaited<ReturnType<typeof runAgent>>) =>
      run.back.seen.map(({ headers }) => headers['idempotency-key'])
    const keys = keysOf(await runAgent(script))
    expect(new Set(keys).size).toBe(2)
    expect(keysOf(await runAgent(script))).toEqual(keys)
  })

  it('is tried again after refused connections, and then may be asked for again', async () => {
    const url = await refusingUrl()
    const notify = defineTool({
      name: 'notify',
      description: 'Notifies.',
      parameters: z.object({}),
      effectful: true,
      execute: httpTool({ method: 'POST', url: () => url }),
    })
    const waits: number[] = []
    const { results } = await runAgent({
      tools: [notify],
      model: [asks([{ name: 'notify', args: {} }]), asks([{ id: 'again', name: 'notify', args: {} }]), done],
      parts: { backoff: (attempt) => (waits.push(attempt), 1) },
    })
    expect(waits).toEqual([1, 2, 1, 2])
    expect(results().map(({ content }) => content)).toEqual([
      expect.stringMatching(/^Error: notify was not executed/),
      expect.stringMatching(/^Error: notify was not executed/),
    ])
  })

  it('may be corrected by the model after a 422', async () => {
    const { back } = await runAgent({ model: [asks([refund]), asks([sameRefund]), done], back: [fails(422), ok({})] })
    expect(back.seen).toHaveLength(2)
  })

  it('is not run twice for one effect, in one reply or in two, and the result is told again', async () => {
    const { back, results } = await runAgent({
      model: [asks([refund, sameRefund]), asks([{ ...refund, id: 'call_3' }]), done],
      back: [ok({ refunded: 12 }), ok({ refunded: 12 })],
    })
    expect(back.seen).toHaveLength(1)
    expect(results().map(({ content }) => content)).toEqual([
      '{"refunded":12}',
      expect.stringMatching(/not executed again. Its result was: {"refunded":12}/),
      expect.stringMatching(/not executed again. Its result was: {"refunded":12}/),
    ])
  })

  it('is one effect where its author says so, whatever else differs in the arguments', async () => {
    let runs = 0
    const mail = defineTool({
      name: 'mail',
      description: 'Mails.',
      parameters: z.object({ to: z.string(), text: z.string() }),
      effectful: true,
      effectKey: ({ to }) => to,
      execute: async () => ++runs,
    })
    await runAgent({
      tools: [mail],
      model: [
        asks([
          { name: 'mail', args: { to: 'a', text: 'hello' } },
          { name: 'mail', args: { to: 'a', text: 'hello!' } },
          { name: 'mail', args: { to: 'b', text: 'hello' } },
        ]),
        done,
      ],
    })
    expect(runs).toBe(2)
  })

  it('that ignores its signal is cut all the same, and its late result is not used', async () => {
    holdTimers()
    const late = Promise.withResolvers<string>()
    const slow = defineTool({
      name: 'slow',
      description: 'slow',
      parameters: z.object({}),
      effectful: true,
      execute: () => {
        letLimitsPass()
        return late.promise
      },
    })
    const { results } = await runAgent({
      tools: [slow],
      model: [asks([{ name: 'slow', args: {} }]), done],
      options: limited,
    })
    late.resolve('late')
    expect(results()[0]?.content).toMatch(/did not answer within 60000 ms. Whether it took effect is unknown/)
  })
})
