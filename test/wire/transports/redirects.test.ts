import '../../simulation/_install.ts'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reply } from '../../../src/wire/reply.ts'
import { type Upstream, opaqueReply, opaqueRequest } from '../../../src/wire/upstream.ts'
import { inWorld } from '../../simulation/_world.ts'

/** The headers that a redirect may drop. */
const told = ['authorization', 'proxy-authorization', 'cookie', 'content-type', 'content-language', 'x-own']

interface Asked {
  readonly method: string
  readonly url: URL
  readonly header: (name: string) => string | null
  readonly body: string
}

/** Answers alike in the world and outside: `/echo` says what it was asked, any other path is a redirect with its query. */
function answer({ method, url, header, body }: Asked): Reply {
  if (url.pathname === '/echo') {
    const headers = Object.fromEntries(told.map((name) => [name, header(name)]))
    return {
      status: 200,
      headers: {},
      body: JSON.stringify({ method, path: url.pathname + url.search, headers, body }),
    }
  }
  const to = url.searchParams.get('to')
  const left = Number(url.searchParams.get('left') ?? 0)
  const location = left > 0 ? `?left=${left - 1}&status=307&to=/echo` : to
  return {
    status: Number(url.searchParams.get('status')),
    headers: location === null ? {} : { location },
    body: 'This has moved.',
  }
}

const servers = [createServer(onReal), createServer(onReal)]
let origins: readonly string[] = []

beforeAll(async () => {
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origins = servers.map((server) => {
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  })
})

afterAll(() => {
  for (const server of servers) server.close().closeAllConnections()
})

function onReal(request: IncomingMessage, response: ServerResponse): void {
  let body = ''
  request.on('data', (piece: Buffer) => (body += piece.toString()))
  request.on('end', () => {
    const header = (name: string): string | null => (request.headers[name] as string | undefined) ?? null
    const url = new URL(request.url ?? '', `http://${request.headers.host}`)
    const reply = answer({ method: request.method ?? '', url, header, body })
    response.writeHead(reply.status, reply.headers).end(request.method === 'HEAD' ? '' : reply.body)
  })
}

/** The same servers, in a world. */
const upstreams = (): Upstream[] =>
  origins.map((origin, index) => ({
    name: `server ${index}`,
    kind: 'other',
    origin,
    latencyMs: 10,
    matches: () => true,
    understand: () => opaqueRequest,
    handle: ({ method, url, header, body }) => answer({ method, url: new URL(url), header, body }),
    describe: () => opaqueReply,
  }))

/** What a caller sees, and nothing that differs from run to run. */
async function seen(input: string | Request, init?: RequestInit) {
  try {
    const response = await fetch(input, init)
    const { status, url, redirected } = response
    return { status, url, redirected, location: response.headers.get('location'), body: await response.text() }
  } catch (error) {
    const { name, message, cause } = error as Error
    return { name, message, cause: cause instanceof Error ? `${cause.name}: ${cause.message}` : cause }
  }
}

type Ask = () => readonly [url: string, init?: RequestInit]

async function expectAlike(ask: Ask): Promise<Awaited<ReturnType<typeof seen>>> {
  const real = await seen(...ask())
  const { value, end } = await inWorld(() => seen(...ask()), { upstreams: upstreams() })
  expect(end).toBe('finished')
  expect(value).toEqual(real)
  return real
}

const headers = {
  authorization: 'Bearer secret',
  'proxy-authorization': 'Basic secret',
  cookie: 'session=1',
  'content-type': 'application/json',
  'content-language': 'en',
  'x-own': 'kept',
}
const at = (server: number, path: string): string => `${origins[server]}${path}`
const moved = (status: number, to: string): string => at(0, `/old?status=${status}&to=${encodeURIComponent(to)}`)

describe('a redirect that fetch follows is that of the fetch of Node', () => {
  const statuses = [300, 301, 302, 303, 304, 307, 308]
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']
  const cases = statuses.flatMap((status) => methods.map((method) => [status, method] as const))

  it.each(cases)('%i of %s, to the same origin and to another', async (status, method) => {
    const init = { method, headers, ...(method === 'GET' || method === 'HEAD' ? {} : { body: '{"orderId":"A-1"}' }) }
    const same = await expectAlike(() => [moved(status, '/echo?new'), init])
    const other = await expectAlike(() => [moved(status, at(1, '/echo')), init])
    const isFollowed = ![300, 304].includes(status)
    expect([same, other]).toMatchObject([{ redirected: isFollowed }, { redirected: isFollowed }])
    if (!isFollowed || method === 'HEAD') return
    const [asked, askedOther] = [same, other].map((one) => JSON.parse('body' in one ? one.body : ''))
    const isGet = status === 303 || (status < 303 && method === 'POST')
    expect(asked).toMatchObject({ method: isGet ? 'GET' : method, headers: { authorization: 'Bearer secret' } })
    expect(askedOther.headers).toMatchObject({ authorization: null, cookie: null, 'x-own': 'kept' })
  })

  it.each([
    ['no location', () => [at(0, '/old?status=302')]],
    ['a relative location', () => [moved(302, 'echo')]],
    ['a location that is none', () => [moved(302, 'http://')]],
    ['another scheme', () => [moved(302, 'ftp://127.0.0.1/echo')]],
    ['credentials for another origin', () => [moved(302, at(1, '/echo').replace('//', '//user:secret@'))]],
    ['a fragment of its own', () => [moved(302, '/echo#there')]],
    ['a fragment of the request', () => [`${moved(302, '/echo')}#here`]],
    ['twenty redirects', () => [at(0, '/old?left=19&status=307&to=/echo')]],
    ['twenty-one', () => [at(0, '/old?left=20&status=307&to=/echo')]],
    ['redirects that nobody is to follow', () => [moved(302, '/echo'), { redirect: 'manual' }]],
    ['redirects that nobody expects', () => [moved(302, '/echo'), { redirect: 'error' }]],
    ['a body of bytes', () => [moved(307, '/echo'), { method: 'POST', body: new TextEncoder().encode('bytes') }]],
    ['a body that can be read once', () => [moved(307, '/echo'), streamed()]],
    ['a body that can be read once, and is dropped', () => [moved(303, '/echo'), streamed()]],
  ] satisfies readonly (readonly [string, Ask])[])('with %s', async (_what, ask: Ask) => {
    await expectAlike(ask)
  })

  it('of a Request', async () => {
    const url = moved(308, '/echo')
    const request = () => new Request(url, { method: 'POST', body: '{}', headers })
    const real = await seen(request())
    const { value } = await inWorld(() => seen(request()), { upstreams: upstreams() })
    expect(value).toEqual(real)
  })
})

it('each step of the way is a call, and takes its time', async () => {
  const { events, virtualMs } = await inWorld(() => fetch(moved(302, at(1, '/echo'))), { upstreams: upstreams() })
  expect(virtualMs).toBe(20)
  expect(events.flatMap((event) => (event.type === 'request.sent' ? [event.upstream] : []))).toEqual([
    'server 0',
    'server 1',
  ])
})

it('leads to no host that the scenario does not have', async () => {
  const { value } = await inWorld(() => seen(moved(302, 'http://elsewhere.test/')), { upstreams: upstreams() })
  expect(value).toMatchObject({
    message: 'fetch failed',
    cause: expect.stringContaining('"http://elsewhere.test/" was refused'),
  })
})

function streamed(): RequestInit {
  const body = new Blob(['once']).stream()
  return { method: 'POST', body, duplex: 'half' }
}
