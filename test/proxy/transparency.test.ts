import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { requestTo, response } from './_messages.ts'
import { RawClient, betweenRawEnds, proxyFor, rawServer, sendPieces } from './_proxy.ts'

it('without faults every byte of every message goes through unchanged, but for the host', async () => {
  let accept: (upstream: RawClient) => void = () => {}
  await using server = await rawServer((socket) => accept(new RawClient(socket)))
  const { host } = new URL(server.origin)
  await using proxy = await proxyFor(server.origin)
  const exchanges = fc.array(fc.tuple(requestTo(), response), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(exchanges, async (messages) => {
      const accepted = new Promise<RawClient>((resolve) => (accept = resolve))
      using client = await RawClient.open(proxy.port)
      let upstream: RawClient | undefined
      for (const [request, answer] of messages) {
        const sent = request(`127.0.0.1:${proxy.port}`)
        const expected = request(host).bytes
        await sendPieces(client.socket, sent.pieces)
        upstream ??= await accepted
        await upstream.until(({ received }) => received.length >= expected.length)
        expect(upstream.text).toBe(expected.toString('latin1'))
        upstream.forget()
        await sendPieces(upstream.socket, answer.pieces)
        await client.until(({ received }) => received.length >= answer.bytes.length)
        expect(client.text).toBe(answer.bytes.toString('latin1'))
        client.forget()
      }
      client.socket.end()
      await upstream?.ended()
      upstream?.socket.end()
      expect(await client.ended()).toBe('end')
      expect([client.text, upstream?.text]).toEqual(['', ''])
    }),
    { numRuns: 200 },
  )
  expect(proxy.seen().every(({ ended }) => ended === 'complete')).toBe(true)
})

const get = (port: number, path = '/', more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}\r\n`

it('a body that the end of the connection delimits ends so for the client', async () => {
  await using server = await rawServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nto the end'))
  })
  await using proxy = await proxyFor(server.origin)
  using client = await RawClient.open(proxy.port)
  client.socket.write(get(proxy.port))
  expect(await client.ended()).toBe('end')
  expect(client.text).toBe('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nto the end')
})

it('HEAD has no body whatever its length says, and the next request follows', async () => {
  await using server = await rawServer((socket) => {
    socket.once('data', (bytes: Buffer) => {
      expect(bytes.toString()).toMatch(/^HEAD /)
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      socket.once('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
    })
  })
  await using proxy = await proxyFor(server.origin)
  using client = await RawClient.open(proxy.port)
  client.socket.write(get(proxy.port).replace('GET', 'HEAD'))
  await client.until(({ text }) => text.endsWith('\r\n\r\n'))
  client.forget()
  client.socket.write(get(proxy.port))
  await client.until(({ text }) => text === 'HTTP/1.1 204 No Content\r\n\r\n')
})

it('a client that expects 100 Continue sends its body when the upstream says so', async () => {
  await using ends = await betweenRawEnds()
  const { proxy, client } = ends
  client.socket.write(get(proxy.port, '/', 'Content-Length: 4\r\nExpect: 100-continue\r\n').replace('GET', 'POST'))
  const upstream = await ends.upstream
  await upstream.until(({ text }) => text.endsWith('\r\n\r\n'))
  upstream.socket.write('HTTP/1.1 100 Continue\r\n\r\n')
  await client.until(({ text }) => text === 'HTTP/1.1 100 Continue\r\n\r\n')
  client.socket.write('body')
  await upstream.until(({ text }) => text.endsWith('\r\n\r\nbody'))
})

it('pipelined requests are answered in their order', async () => {
  await using server = await rawServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      const path = /^GET (\S+)/.exec(bytes.toString())?.[1] ?? ''
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`)
    })
  })
  await using proxy = await proxyFor(server.origin)
  using client = await RawClient.open(proxy.port)
  client.socket.write(['/one', '/two', '/three'].map((path) => get(proxy.port, path)).join(''))
  await client.until(({ text }) => text.endsWith('/three'))
  expect(client.text.split(/HTTP\S+ .+\r\n.+\r\n\r\n/)).toEqual(['', '/one', '/two', '/three'])
})

it('after 101 both sides speak what they like', async () => {
  await using server = await rawServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n')
      socket.on('data', (bytes: Buffer) => socket.write(bytes))
      socket.on('end', () => socket.end())
    })
  })
  await using proxy = await proxyFor(server.origin)
  using client = await RawClient.open(proxy.port)
  client.socket.write(get(proxy.port, '/', 'Upgrade: echo\r\nConnection: Upgrade\r\n'))
  await client.until(({ text }) => text.endsWith('\r\n\r\n'))
  client.forget()
  client.socket.write('\0 any bytes \r\n')
  await client.until(({ text }) => text === '\0 any bytes \r\n')
  client.socket.end()
  expect(await client.ended()).toBe('end')
})

it('what the upstream sends arrives before it is whole, piece by piece', async () => {
  await using ends = await betweenRawEnds()
  const { proxy, client } = ends
  client.socket.write(get(proxy.port))
  const upstream = await ends.upstream
  await upstream.until(({ text }) => text.endsWith('\r\n\r\n'))
  upstream.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
  await client.until(({ text }) => text.endsWith('chunked\r\n\r\n'))
  for (const piece of ['5\r\nfirst\r\n', '6\r\nsec', 'ond\r\n', '0\r\n\r\n']) {
    client.forget()
    upstream.socket.write(piece)
    await client.until(({ text }) => text === piece)
  }
})
