import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/contract/json.ts'
import { toolBackend, toolResult } from '../../src/wire/tool-backend.ts'
import { play, rejection } from './_play.ts'

const under = (url: string, init?: RequestInit) =>
  play(
    {
      upstreams: [
        toolBackend({
          tool: 'update_order',
          method: init === undefined ? 'GET' : 'POST',
          url: 'https://orders.test/v1.0/orders/:orderId/notes/:note',
          handle: ({ arguments: args }) => toolResult(args),
        }),
      ],
    },
    async () => (await (await fetch(url, init)).json()) as JsonObject,
  )
const seen = async (url: string, init?: RequestInit) => (await under(url, init)).value

describe('the arguments of a tool, as its back end reads them', () => {
  it('come from path, query and body, and the path wins', async () => {
    const body = '{"amount": 5, "orderId": "from the body", "deep": {"list": [1]}}'
    const url = 'https://orders.test/v1.0/orders/A%2F1/notes/a%20b?reason=late&amount=3'
    expect(await seen(url, { method: 'POST', body })).toEqual({
      orderId: 'A/1',
      note: 'a b',
      reason: 'late',
      amount: 5,
      deep: { list: [1] },
    })
  })

  it('are taken as they stand where the path holds what is no escape', async () => {
    expect(await seen('https://orders.test/v1.0/orders/100%/notes/%zz')).toEqual({ orderId: '100%', note: '%zz' })
  })

  it('keep every key of the body, in the trace too', async () => {
    const url = 'https://orders.test/v1.0/orders/A-1/notes/n'
    const body = '{"__proto__": {"isAdmin": true}, "deep": {"__proto__": 1}}'
    const { value, events } = await under(url, { method: 'POST', body })
    const told = '{"__proto__":{"isAdmin":true},"deep":{"__proto__":1},"orderId":"A-1","note":"n"}'
    expect(JSON.stringify(value)).toBe(told)
    const sent = events.find((event) => event.type === 'request.sent')
    expect(JSON.stringify(sent?.tool?.arguments)).toBe(told)
  })

  it('leave a body out that is no JSON object', async () => {
    const url = 'https://orders.test/v1.0/orders/A-1/notes/n'
    for (const body of ['[1]', '"text"', '{"cut": ', 'plain']) {
      expect(await seen(url, { method: 'POST', body })).toEqual({ orderId: 'A-1', note: 'n' })
    }
  })
})

it('a path or method that nobody serves is refused', async () => {
  for (const url of [
    'https://orders.test/v1x0/orders/A-1/notes/n',
    'https://orders.test/v1.0/orders/A-1/notes/n/more',
    'https://elsewhere.test/v1.0/orders/A-1/notes/n',
  ]) {
    const error = await rejection(seen(url))
    expect(error.message).toBe('fetch failed')
    expect(error.cause).toMatchObject({ code: 'SHAKEDOWN_UNKNOWN_HOST' })
  }
})
