import { describe, expect, it } from 'vitest'
import { RawClient, answering, betweenRawEnds, proxyFor } from './_proxy.ts'

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const own = '127.0.0.1:PORT'

/** Requests that go nowhere, each with the status and a word of the sentence. */
const refused: readonly (readonly [what: string, request: string, status: number, word: RegExp])[] = [
  ['an absolute URL of another host', `GET http://evil.test/ HTTP/1.1\r\nHost: ${own}`, 403, /evil\.test/],
  ['an absolute URL of another port', `GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: ${own}`, 403, /127\.0\.0\.1:1"/],
  ['another scheme', `GET ftp://${own}/ HTTP/1.1\r\nHost: ${own}`, 403, /forwards only to/],
  ['a tunnel', `CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443`, 403, /a tunnel/],
  ['a tunnel to itself', `CONNECT ${own} HTTP/1.1\r\nHost: ${own}`, 403, /a tunnel/],
  ['the name of another host', 'GET / HTTP/1.1\r\nHost: evil.test', 403, /evil\.test/],
  ['its own name at another port', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:1', 403, /127\.0\.0\.1:1"/],
  ['a host with a user in it', `GET / HTTP/1.1\r\nHost: a@${own}`, 403, /forwards only to/],
  ['a target that is no path', `GET evil.test HTTP/1.1\r\nHost: ${own}`, 403, /no path/],
  ['two hosts', `GET / HTTP/1.1\r\nHost: ${own}\r\nHost: evil.test`, 400, /more than one Host/],
  ['no host', 'GET / HTTP/1.1\r\nX: 1', 400, /no Host/],
  ['two lengths', `POST / HTTP/1.1\r\nHost: ${own}\r\nContent-Length: 1\r\nContent-Length: 2`, 400, /Content-Length/],
  ['a length with a sign', `POST / HTTP/1.1\r\nHost: ${own}\r\nContent-Length: +1`, 400, /Content-Length/],
  [
    'a length and chunks',
    `POST / HTTP/1.1\r\nHost: ${own}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked`,
    400,
    /both Content-Length and Transfer-Encoding/,
  ],
  ['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked', 400, /knows no Transfer-Encoding/],
  ['another coding', `POST / HTTP/1.1\r\nHost: ${own}\r\nTransfer-Encoding: gzip, chunked`, 501, /"chunked" alone/],
  ['a folded header', `GET / HTTP/1.1\r\nHost: ${own}\r\nX: 1\r\n 2`, 400, /line 4 of its head/],
  ['a space before the colon', `GET / HTTP/1.1\r\nHost : ${own}`, 400, /line 2 of its head/],
  ['a bare line feed', `GET / HTTP/1.1\nHost: ${own}`, 400, /request line/],
  ['a zero byte', `GET / HTTP/1.1\r\nHost: ${own}\r\nX: \0`, 400, /line 3 of its head/],
  ['a version of its own', `GET / HTTP/3.0\r\nHost: ${own}`, 505, /HTTP\/3\.0/],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0', 505, /HTTP\/2\.0/],
  ['no request', 'hello', 400, /request line/],
  ['a head without end', `GET / HTTP/1.1\r\nHost: ${own}\r\nX: ${'x'.repeat(70_000)}`, 431, /65536 bytes/],
]

describe('the proxy refuses with one sentence, and forwards nothing of', () => {
  it.each(refused)('%s', async (_what, request, status, word) => {
    await using server = await answering(ok)
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.write(`${request.replaceAll('PORT', String(proxy.port))}\r\n\r\n`, 'latin1')
    expect(await client.ended()).toBe('end')
    const [head = '', body = ''] = client.text.split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(body)).toMatchObject({
      code: expect.stringMatching(/^SHAKEDOWN_PROXY_/),
      message: expect.stringMatching(word),
    })
    expect(server.sockets.size).toBe(0)
    expect(proxy.events()).toMatchObject([{ type: 'request.refused', status }])
  })

  it('another protocol, at its first byte', async () => {
    await using server = await answering(ok)
    await using proxy = await proxyFor(server.origin)
    using client = await RawClient.open(proxy.port)
    client.socket.write(Buffer.from([0x16, 0x03, 0x01]))
    expect(await client.ended()).toBe('end')
    expect(client.text).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('the proxy forwards', () => {
  it.each([
    ['an absolute URL of the service', 'GET http://UPSTREAM/a?b HTTP/1.1\r\nHost: UPSTREAM', 'GET /a?b HTTP/1.1'],
    ['an absolute URL of its own', `GET http://${own}/a HTTP/1.1\r\nHost: ${own}`, 'GET /a HTTP/1.1'],
    ['the name localhost', 'GET /a HTTP/1.1\r\nHost: localhost:PORT', 'GET /a HTTP/1.1'],
    ['all of the service', `OPTIONS * HTTP/1.1\r\nHost: ${own}`, 'OPTIONS * HTTP/1.1'],
  ])('%s, under the host of the service', async (_what, request, line) => {
    await using ends = await betweenRawEnds()
    const { server, proxy, client } = ends
    const { host } = new URL(server.origin)
    client.socket.write(`${request.replaceAll('PORT', String(proxy.port)).replaceAll('UPSTREAM', host)}\r\n\r\n`)
    const upstream = await ends.upstream
    await upstream.until(({ text }) => text.endsWith('\r\n\r\n'))
    expect(upstream.text).toBe(`${line}\r\nHost: ${host}\r\n\r\n`)
  })
})
