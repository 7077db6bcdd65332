import '../../simulation/_install.ts'
import { HttpResponse, delay, getResponse, http, passthrough } from 'msw'
import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../src/contract/task.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { fromMswHandlers, toMswHandlers } from '../../../src/wire/transports/msw-handlers.ts'
import { inWorld } from '../../simulation/_world.ts'

const origin = 'https://orders.example'

describe('upstreams offered as msw handlers', () => {
  const refunds = toolBackend({
    tool: 'issue_refund',
    method: 'POST',
    url: `${origin}/orders/:orderId/refunds`,
    handle({ arguments: args, applyEffect }) {
      applyEffect(`refund:${JSON.stringify(args['orderId'])}`, args)
      return toolResult(args, 201)
    },
  })

  it('answer byte for byte as in a world, and tell of effects', async () => {
    const effects: Effect[] = []
    const send = (): Request => new Request(`${origin}/orders/A-1/refunds`, { method: 'POST', body: '{"amount":5}' })
    const handlers = toMswHandlers([refunds], { onEffect: (effect) => effects.push(effect) })
    const outside = await getResponse(handlers, send())
    const inside = await inWorld(() => fetch(send()), { upstreams: [refunds] })
    expect(outside?.status).toBe(201)
    expect([...(outside?.headers ?? [])]).toEqual([...(inside.value?.headers ?? [])])
    expect(await outside?.text()).toBe(await inside.value?.text())
    expect(effects).toEqual([{ tool: 'issue_refund', key: 'refund:"A-1"', detail: { amount: 5, orderId: 'A-1' } }])
  })

  it('leave what they are not for to the handlers after them', async () => {
    const handlers = [...toMswHandlers([refunds]), http.all('*', () => new HttpResponse('next'))]
    const response = await getResponse(handlers, new Request(`${origin}/elsewhere`))
    expect(await response?.text()).toBe('next')
  })
})

describe('msw handlers accepted as an upstream', () => {
  const orders = http.get(`${origin}/orders/:id`, async ({ params, request }) => {
    await delay(500)
    return HttpResponse.json({ id: params['id'], key: request.headers.get('x-api-key') }, { status: 203 })
  })
  const upstream = (...handlers: Parameters<typeof fromMswHandlers>[0]) =>
    fromMswHandlers(handlers, { name: 'orders', origin, kind: 'tool' })

  it('answer in virtual time, with the headers of the request', async () => {
    const run = await inWorld(
      async () => {
        const response = await fetch(`${origin}/orders/7`, { headers: { 'x-api-key': 'k' } })
        return [response.status, await response.json()]
      },
      { upstreams: [upstream(orders)] },
    )
    expect(run).toMatchObject({ value: [203, { id: '7', key: 'k' }], virtualMs: 540 })
  })

  it('keep bytes that are no text', async () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x80])
    const seal = http.get(`${origin}/seal`, () => new HttpResponse(bytes))
    const run = await inWorld(async () => (await fetch(`${origin}/seal`)).bytes(), { upstreams: [upstream(seal)] })
    expect(run.value).toEqual(bytes)
  })

  it('turn HttpResponse.error() into a reset connection', async () => {
    const broken = http.get(`${origin}/broken`, () => HttpResponse.error())
    const run = await inWorld(() => fetch(`${origin}/broken`), { upstreams: [upstream(broken)] })
    expect(run.error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } })
    expect(run.events.at(-1)).toMatchObject({ type: 'request.failed', cause: 'ECONNRESET' })
  })

  it.each([
    ['no handler answers', '/nothing'],
    ['a handler passes through', '/through'],
  ])('answer 501 with a sentence where %s', async (_why, path) => {
    const through = http.get(`${origin}/through`, () => passthrough())
    const run = await inWorld(async () => (await fetch(origin + path)).json(), { upstreams: [upstream(through)] })
    expect(run.value).toEqual({
      code: 'SHAKEDOWN_UNANSWERED',
      message: `no handler of upstream "orders" answers GET ${origin}${path}, and nothing leaves a simulated world; add a handler for it.`,
    })
  })

  it('begin each trial with their once-handlers unused', async () => {
    const once = http.get(`${origin}/once`, () => new HttpResponse('once'), { once: true })
    const statuses = async (): Promise<number[]> => [
      (await fetch(`${origin}/once`)).status,
      (await fetch(`${origin}/once`)).status,
    ]
    for (let trial = 0; trial < 2; trial++) {
      const run = await inWorld(statuses, { upstreams: [upstream(once)] })
      expect(run.value).toEqual([200, 501])
    }
  })
})
