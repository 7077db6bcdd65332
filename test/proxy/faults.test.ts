import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import type { Answer } from '../../src/wire/reply.ts'
import { chatRequest, chatService, completionOf, framesOf } from './_chat-service.ts'
import { RawClient, answering, proxyFor, rawServer } from './_proxy.ts'

const everyTool = (id: string, parameters = {}) =>
  [{ id, parameters, target: { kind: 'tool', name: 'service' }, trigger: { on: 'every', n: 1 } }] as const
const everyModel = (id: string, parameters = {}) =>
  [{ id, parameters, target: { kind: 'model', name: '*' }, trigger: { on: 'every', n: 1 } }] as const

const json = '{"order":"A-1","state":"shipped"}'
const order = `HTTP/1.1 200 Fine\r\nContent-Type: application/json\r\nX-Own:  As It Was\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: ${json.length}\r\n\r\n${json}`

function get(port: number, more = ''): string {
  return `GET /orders/A-1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}\r\n`
}

describe('a fault of a tool', () => {
  it('in the place of the answer keeps the service from being asked', async () => {
    let asked = 0
    await using server = await rawServer(() => asked++)
    await using proxy = await proxyFor(server.origin, { faults: [...everyTool('tool.429', { retryAfterSeconds: 5 })] })
    const response = await fetch(`${proxy.url}/orders/A-1`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5'])
    expect([await response.text(), asked]).toEqual(['{"error":"too many requests"}', 0])
  })

  it('after the answer changes the body, and leaves the headers as they were written', async () => {
    await using server = await answering(order)
    await using proxy = await proxyFor(server.origin, { faults: [...everyTool('tool.truncated')] })
    using client = await RawClient.open(proxy.port)
    const half = json.slice(0, Math.floor(json.length / 2))
    client.socket.write(get(proxy.port))
    await client.until(({ text }) => text.endsWith(half))
    expect(client.text).toBe(
      `HTTP/1.1 200 Fine\r\nContent-Type: application/json\r\nX-Own: As It Was\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\ncontent-length: ${half.length}\r\n\r\n${half}`,
    )
    client.forget()
    client.socket.write(get(proxy.port))
    await client.until(({ text }) => text.endsWith(half))
    expect(proxy.seen().map(({ bodyBytes, ended }) => [bodyBytes, ended])).toEqual([
      [half.length, 'complete'],
      [half.length, 'complete'],
    ])
  })

  it('asks for an answer that is not compressed, and reads one that is all the same', async () => {
    const { gzipSync } = await import('node:zlib')
    const zipped = gzipSync(json)
    const heads: string[] = []
    await using server = await rawServer((socket) =>
      socket.on('data', (bytes: Buffer) => {
        heads.push(String(bytes))
        socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`)
        socket.write(zipped)
      }),
    )
    await using proxy = await proxyFor(server.origin, { faults: [...everyTool('tool.truncated')] })
    const response = await fetch(`${proxy.url}/`, { headers: { 'accept-encoding': 'gzip' } })
    expect([response.headers.get('content-encoding'), json.startsWith(await response.text())]).toEqual([null, true])
    expect(heads[0]).toMatch(/accept-encoding: identity/i)
  })

  it('reads the whole request first, and tells a client that expects 100 to continue', async () => {
    await using server = await rawServer(() => {})
    await using proxy = await proxyFor(server.origin, { faults: [...everyTool('tool.not_found')] })
    using client = await RawClient.open(proxy.port)
    client.socket.write(get(proxy.port, 'Content-Length: 4\r\nExpect: 100-continue\r\n'))
    await client.until(({ text }) => text === 'HTTP/1.1 100 Continue\r\n\r\n')
    client.socket.write('body')
    await client.until(({ text }) => text.includes('HTTP/1.1 404 Not Found'))
  })
})

describe('a fault of a model', () => {
  it('is seen by an SDK that knows nothing of a proxy, and its retry gets through', async () => {
    await using service = await chatService()
    const [fault] = everyModel('openai.503', { retryAfterSeconds: 0 })
    await using proxy = await proxyFor(service.origin, { faults: [{ ...fault, trigger: { on: 'nth', n: 1 } }] })
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${proxy.url}/v1` })
    const messages = [{ role: 'user', content: 'hello' }] as const
    const completion = await client.chat.completions.create({ model: 'stub', messages: [...messages] })
    expect(completion.choices[0]?.message.content).toBe('hello')
    expect(proxy.seen().map(({ status, errorCode }) => [status, errorCode])).toEqual([
      [503, 'server_is_overloaded'],
      [200, null],
    ])
  })

  it('of streams leaves alone what is not streamed, and counts only where it took hold', async () => {
    await using service = await chatService()
    await using proxy = await proxyFor(service.origin, { faults: [...everyModel('sse.cut.clean', { afterFrames: 1 })] })
    const post = async (stream: boolean): Promise<string> => {
      const init = { method: 'POST', body: chatRequest('one two', stream) }
      return (await fetch(`${proxy.url}/v1/chat/completions`, init)).text()
    }
    expect(await post(false)).toBe(completionOf('one two'))
    expect(await post(true)).toBe(framesOf('one two')[0])
    expect(await (await proxy.control('GET', '/health')).json()).toMatchObject({ faults: [{ delivered: 1 }] })
  })

  it('never answers, and the client that gives up is told apart', async () => {
    await using service = await chatService()
    const faults = [...everyModel('net.hang.headers')]
    let struck = (): void => {}
    const isStruck = new Promise<void>((resolve) => (struck = resolve))
    const injector = new PlanInjector({ faults }, 'seed', Number.POSITIVE_INFINITY)
    const arm = () => ({
      interfere: (call: Parameters<typeof injector.interfere>[0]) => {
        struck()
        return injector.interfere(call)
      },
    })
    await using proxy = await proxyFor(service.origin, { faults, arm })
    const giveUp = new AbortController()
    const body = chatRequest('hello', true)
    const asking = fetch(`${proxy.url}/v1/chat/completions`, { method: 'POST', body, signal: giveUp.signal })
    await isStruck
    giveUp.abort()
    await expect(asking).rejects.toThrow('aborted')
    while (proxy.seen().length === 0) await proxy.control('GET', '/health')
    expect(proxy.seen()).toMatchObject([{ status: null, ended: 'abandoned', bodyBytes: 0 }])
    expect(service.requests).toBe(0)
  })

  it('falls silent in the middle, and what came before has arrived', async () => {
    await using service = await chatService()
    await using proxy = await proxyFor(service.origin, { faults: [...everyModel('sse.stall', { afterFrames: 2 })] })
    const init = { method: 'POST', body: chatRequest('one two', true) }
    const response = await fetch(`${proxy.url}/v1/chat/completions`, init)
    const two = framesOf('one two').slice(0, 2).join('')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (text.length < two.length) text += (await reader?.read())?.value ?? ''
    expect(text).toBe(two)
    await reader?.cancel()
    while (proxy.seen().length === 0) await proxy.control('GET', '/health')
    expect(proxy.seen()).toMatchObject([{ status: 200, ended: 'abandoned', bodyBytes: two.length }])
  })
})

/** Answers that a port may give besides those of the catalogue, and the bytes they are. */
const raw: readonly (readonly [what: string, answer: Answer, text: string, end: 'end' | 'reset'])[] = [
  ['refused', { failure: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, '', 'reset'],
  ['unresolved', { failure: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND' }, '', 'reset'],
  ['no HTTP', { failure: 'HPE_INVALID_CONSTANT', message: '' }, 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'end'],
  [
    'a length that lies',
    { status: 200, headers: { 'content-length': '10' }, body: 'short' },
    'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort',
    'end',
  ],
  [
    'a chunk that is none',
    {
      status: 200,
      headers: { 'transfer-encoding': 'chunked' },
      body: [{ afterMs: 0, bytes: Buffer.from('one') }],
      ending: { failure: 'HPE_INVALID_CHUNK_SIZE', message: '' },
    },
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\nZZ\r\n',
    'end',
  ],
]

it.each(raw)('the bytes of an answer: %s', async (_what, answer, text, end) => {
  await using server = await rawServer(() => {})
  const arm = () => ({ interfere: () => [{ fault: 0, id: 'any', demanded: null, instead: () => answer }] })
  await using proxy = await proxyFor(server.origin, { faults: [...everyTool('tool.empty')], arm })
  using client = await RawClient.open(proxy.port)
  client.socket.write(get(proxy.port))
  expect(await client.ended()).toBe(end)
  expect(client.text).toBe(text)
})
