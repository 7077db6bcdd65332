import { describe, expect, it } from 'vitest'
import { chatRequest, chatService, framesOf } from './_chat-service.ts'
import { RawClient, answering, betweenRawEnds, proxyFor, rawServer } from './_proxy.ts'

const begun = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun'

function get(port: number, more = ''): string {
  return `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}\r\n`
}

describe('what befalls the upstream', () => {
  it('a reset in the middle of a body is a reset for the client, after what came before', async () => {
    await using server = await answering(begun, (socket) => socket.resetAndDestroy())
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.write(get(proxy.port))
    expect(await client.ended()).toBe('reset')
    expect(proxy.seen()).toMatchObject([{ status: 200, ended: 'reset' }])
  })

  it('an end in the middle of a body is an end for the client', async () => {
    await using server = await answering(begun, (socket) => socket.end())
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.write(get(proxy.port))
    expect(await client.ended()).toBe('end')
    expect(client.text).toBe(begun)
    expect(proxy.seen()).toMatchObject([{ status: 200, ended: 'closed', bodyBytes: 5 }])
  })

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['a chunk that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n'],
    ['nothing', ''],
  ])('%s arrives as it was sent', async (_what, bytes) => {
    await using server = await rawServer((socket) => void socket.once('data', () => socket.end(bytes)))
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.write(get(proxy.port))
    expect(await client.ended()).toBe('end')
    expect(client.text).toBe(bytes)
    expect(proxy.seen()).toMatchObject([{ ended: 'closed' }])
  })

  it('one that is down is a 502 that names the proxy', async () => {
    const server = await answering(begun)
    await server[Symbol.asyncDispose]()
    await using proxy = await proxyFor(server.origin)
    const response = await fetch(proxy.url, { method: 'POST', body: 'x'.repeat(100_000) })
    expect([response.status, await response.json()]).toMatchObject([
      502,
      { code: 'SHAKEDOWN_PROXY_UPSTREAM', message: expect.stringMatching(/^shakedown proxy .* ECONNREFUSED; .*\.$/) },
    ])
    expect(proxy.seen()).toMatchObject([{ status: 502, ended: 'complete' }])
  })

  it('one that closes a connection nobody uses closes it for the client, with what it says', async () => {
    const said = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'
    const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
    await using server = await answering(ok, (socket) => socket.end(said))
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.write(get(proxy.port))
    expect(await client.ended()).toBe('end')
    expect(client.text).toBe(ok + said)
  })
})

describe('what the client does', () => {
  it('its going away in the middle of a stream reaches the upstream', async () => {
    await using ends = await betweenRawEnds()
    const { proxy, client } = ends
    client.socket.write(get(proxy.port))
    const upstream = await ends.upstream
    upstream.socket.write(begun)
    await client.until(({ text }) => text === begun)
    client.socket.destroy()
    expect(await upstream.ended()).not.toBe('open')
    upstream.socket.destroy()
    while (proxy.seen().length === 0) await proxy.control('GET', '/health')
    expect(proxy.seen()).toMatchObject([{ ended: 'abandoned' }])
  })

  it('a body shorter than its length ends the request for the upstream, too', async () => {
    await using ends = await betweenRawEnds()
    const { proxy, client } = ends
    client.socket.end(`${get(proxy.port, 'Content-Length: 10\r\n')}short`)
    const upstream = await ends.upstream
    expect(await upstream.ended()).toBe('end')
    expect(upstream.text).toMatch(/\r\n\r\nshort$/)
    upstream.socket.end()
    expect(await client.ended()).toBe('end')
  })

  it('a body in chunks that are none is refused', async () => {
    await using server = await rawServer((socket) => socket.resume())
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.write(`${get(proxy.port, 'Transfer-Encoding: chunked\r\n')}no size\r\n`)
    expect(await client.ended()).toBe('end')
    expect(client.text).toMatch(/^HTTP\/1\.1 400 /)
    expect(proxy.seen()).toMatchObject([{ status: 400, ended: 'complete' }])
  })

  it('one that reads nothing makes the upstream wait', async () => {
    const megabyte = Buffer.alloc(1024 * 1024)
    let written = 0
    let isStopped = (): void => {}
    const stopped = new Promise<void>((resolve) => (isStopped = resolve))
    await using server = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${64 * megabyte.length}\r\n\r\n`)
        const more = (): void => {
          while (written < 64) {
            written++
            // Whoever is not read from any more has filled the buffers of three sockets.
            if (!socket.write(megabyte)) return void socket.once('drain', more)
          }
          isStopped()
        }
        more()
      })
    })
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.pause()
    client.socket.write(get(proxy.port))
    while (proxy.events().length === 0) await proxy.control('GET', '/health')
    for (let times = 0; times < 50; times++) await proxy.control('GET', '/health')
    expect(written).toBeLessThan(40)
    client.socket.removeAllListeners('data')
    client.socket.resume()
    await stopped
  })
})

it('twenty streams at once are not mixed up, with faults among them', async () => {
  await using service = await chatService()
  const target = { kind: 'model', name: '*' } as const
  const faults = [
    { id: 'sse.utf8.split', target, trigger: { on: 'every', n: 2 } as const, parameters: {} },
    { id: 'sse.slow_tokens', target, trigger: { on: 'every', n: 3 } as const, parameters: { ms: 1 } },
  ]
  await using proxy = await proxyFor(service.origin, { faults })
  const texts = Array.from({ length: 20 }, (_, stream) =>
    Array.from({ length: 50 }, (_, word) => `€${stream}-${word}`).join(' '),
  )
  const answers = await Promise.all(
    texts.map(async (said) => {
      const init = { method: 'POST', body: chatRequest(said, true) }
      return (await fetch(`${proxy.url}/v1/chat/completions`, init)).text()
    }),
  )
  expect(answers).toEqual(texts.map((said) => framesOf(said).join('')))
})

describe('shutdown', () => {
  it('destroys open streams after the grace, and is done', async () => {
    await using server = await answering(begun)
    await using proxy = await proxyFor(server.origin)
    const clients = await Promise.all(Array.from({ length: 3 }, () => RawClient.open(proxy.port)))
    for (const { socket } of clients) socket.write(get(proxy.port))
    await Promise.all(clients.map((client) => client.until(({ text }) => text === begun)))
    const idle = await RawClient.open(proxy.port)
    await proxy.running.close(0)
    for (const client of [...clients, idle]) expect(await client.ended()).not.toBe('open')
    expect(proxy.seen().map(({ ended }) => ended)).toEqual(['shutdown', 'shutdown', 'shutdown'])
    await expect(RawClient.open(proxy.port)).rejects.toThrow('ECONNREFUSED')
  })

  it('lets a call that ends within the grace end as it should', async () => {
    await using ends = await betweenRawEnds()
    const { proxy, client } = ends
    client.socket.write(get(proxy.port))
    const upstream = await ends.upstream
    await upstream.until(({ text }) => text.endsWith('\r\n\r\n'))
    const closing = proxy.running.close(60_000)
    upstream.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone')
    await client.until(({ text }) => text.endsWith('done'))
    client.socket.end()
    await closing
    expect(proxy.seen()).toMatchObject([{ status: 200, ended: 'complete' }])
  })
})
