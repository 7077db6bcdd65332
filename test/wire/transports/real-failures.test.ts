import '../../simulation/_install.ts'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import { PlanInjector } from '../../../src/faults/plan-injector.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { type RawServer, proxyFor, rawServer } from '../../proxy/_proxy.ts'
import { chatService } from '../../proxy/_chat-service.ts'
import { inWorld } from '../../simulation/_world.ts'
import { type Made, clients, madeOf } from './_failing-clients.ts'

const origin = 'http://service.test'

interface Case {
  readonly id: string
  readonly parameters: JsonObject
  /** What a real server sends to each request before it ends the connection; none: it does so at once. */
  readonly bytes: string
  readonly how?: 'reset'
  /** What sockets cannot show: the client that would, and what it sees instead. */
  readonly instead?: Readonly<Record<string, Made>>
}

const head = (...headers: string[]) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers.join('\r\n')}\r\n\r\n`
const redirect =
  'HTTP/1.1 307 Temporary Redirect\r\nlocation: ?redirected=1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

const cases: readonly Case[] = [
  { id: 'net.close', parameters: {}, bytes: '' },
  { id: 'net.reset', parameters: { isWorkDone: false }, bytes: '', how: 'reset' },
  { id: 'net.length', parameters: { afterBytes: 4 }, bytes: `${head('content-length: 100')}{"id` },
  { id: 'net.length', parameters: { afterBytes: 0 }, bytes: head('content-length: 100') },
  { id: 'net.limit_data', parameters: { afterBytes: 4 }, bytes: `${head('content-length: 100')}{"id` },
  { id: 'net.not_http', parameters: {}, bytes: 'SSH-2.0-OpenSSH_9.6\r\n\r\n' },
  {
    id: 'net.bad_chunk',
    parameters: { afterBytes: 4 },
    bytes: `${head('transfer-encoding: chunked')}4\r\n{"id\r\nZZ\r\n`,
    // msw closes the connection: the response breaks as it does, but its request hears nothing of the parser.
    instead: {
      'node:http': 'Error: aborted [ECONNRESET]',
      axios: 'AxiosError: stream has been aborted [ERR_BAD_RESPONSE]',
    },
  },
  { id: 'net.redirect_loop', parameters: {}, bytes: redirect },
]

const seen = cases.flatMap((one) => Object.keys(clients).map((client) => ({ ...one, client })))
const named = seen.map((one) => [`${one.id} ${JSON.stringify(one.parameters)}`, one.client, one] as const)

describe.each(named)('%s, seen by %s', (_what, client, { id, parameters, bytes, how, instead }) => {
  it('is in the world what a real server gives', async () => {
    await using server = await breaking(bytes, how)
    const real = await madeOf(client, server.origin)
    const interference = new PlanInjector({ faults: plan(id, parameters) }, 'seed', Number.POSITIVE_INFINITY)
    const upstreams = [openAiChat({ origin, script: () => ({ content: 'Hello.' }) })]
    const { value, end } = await inWorld(() => madeOf(client, origin), { upstreams, interference })
    expect(end).toBe('finished')
    expect(value).toBe(instead?.[client] ?? real)
    if (instead?.[client] !== undefined) expect(real).toContain('[HPE_INVALID_CHUNK_SIZE]')
  })

  it('is through the proxy what a real server gives', async () => {
    await using server = await breaking(bytes, how)
    const real = await madeOf(client, server.origin)
    await using service = await chatService()
    await using proxy = await proxyFor(service.origin, { faults: plan(id, parameters), dialect: 'openai.chat' })
    expect(await madeOf(client, proxy.url)).toBe(real)
  })
})

it('an endless redirect is one call, whatever number of requests a client makes of it', async () => {
  const upstreams = () => [openAiChat({ origin, script: () => ({ content: 'Hello.' }), latencyMs: 100 })]
  const interference = () =>
    new PlanInjector({ faults: plan('net.redirect_loop', {}) }, 'seed', Number.POSITIVE_INFINITY)
  const byFetch = await inWorld(() => madeOf('fetch', origin), { upstreams: upstreams(), interference: interference() })
  expect(byFetch.virtualMs).toBe(2_100)
  expect(byFetch.events.map(({ type }) => type)).toEqual(['request.sent', 'fault.injected', 'request.failed'])
  expect(byFetch.events.at(-1)).toMatchObject({ cause: 'REDIRECT_LOOP', class: 'failure' })
  const byAxios = await inWorld(() => madeOf('axios', origin), { upstreams: upstreams(), interference: interference() })
  expect(byAxios.events.map(({ type }) => type)).toEqual([
    'request.sent',
    'fault.injected',
    'response.head',
    'response.end',
  ])
  expect(byAxios.events.at(-1)).toMatchObject({ status: 307, class: 'failure' })
})

it('a fetch that follows no redirects gets the first, or none at all', async () => {
  const run = (mode: 'manual' | 'error') =>
    inWorld(
      async () => {
        const init = { method: 'POST', body: '{}', redirect: mode }
        const response = await fetch(`${origin}/v1/chat/completions`, init)
        return [response.status, response.headers.get('location')]
      },
      {
        upstreams: [openAiChat({ origin, script: () => ({ content: 'Hello.' }) })],
        interference: new PlanInjector({ faults: plan('net.redirect_loop', {}) }, 'seed', Number.POSITIVE_INFINITY),
      },
    )
  expect((await run('manual')).value).toEqual([307, '?redirected=1'])
  expect((await run('error')).error).toMatchObject({
    message: 'fetch failed',
    cause: { message: 'unexpected redirect' },
  })
})

function plan(id: string, parameters: JsonObject): Fault[] {
  return [{ id, parameters, target: { kind: 'model', name: '*' }, trigger: { on: 'nth', n: 1 } }]
}

/** A server that sends the same bytes to each request, and closes or resets the connection. */
function breaking(bytes: string, how?: 'reset'): Promise<RawServer> {
  return rawServer((socket) => {
    socket.once('data', () => {
      if (how === 'reset') socket.resetAndDestroy()
      else socket.end(bytes)
    })
  })
}
