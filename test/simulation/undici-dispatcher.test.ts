import './_install.ts'
import http from 'node:http'
import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import { clockUpstream, inWorld } from './_world.ts'

interface LegacyDispatcher {
  dispatch(options: object, handler: object): boolean
}

/** Sends a request as undici 6 does, by the handler of its time. */
function byLegacyHandler(): Promise<unknown> {
  const dispatcher: LegacyDispatcher = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let status = 0
    let type = ''
    dispatcher.dispatch(
      { origin: 'https://clock.example', path: '/', method: 'GET' },
      {
        onConnect() {},
        onHeaders(given: number, rawHeaders: Buffer[]) {
          status = given
          type = String(rawHeaders[rawHeaders.findIndex((name) => String(name) === 'content-type') + 1])
          return true
        },
        onData: (chunk: Buffer) => chunks.push(chunk) > 0,
        onComplete: () => resolve([status, type, Buffer.concat(chunks).toString()]),
        onError: reject,
      },
    )
  })
}

describe('the global dispatcher of undici', () => {
  it('serves the handlers of undici 6 in a world', async () => {
    const run = await inWorld(byLegacyHandler, { upstreams: [clockUpstream(40)] })
    expect(run.value).toEqual([200, 'application/json', '{"nowMs":40}'])
    const refused = await inWorld(byLegacyHandler)
    expect(refused.error).toMatchObject({ code: 'SHAKEDOWN_UNKNOWN_HOST' })
  })

  it('reaches the real network outside any world, whichever undici Node itself brings', async () => {
    const server = http.createServer((_request, response) =>
      response.writeHead(203, { 'x-from': 'loopback' }).end('real'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no port')
    const { statusCode, headers, body } = await request(`http://127.0.0.1:${address.port}/`, { reset: true })
    expect([statusCode, headers['x-from'], await body.text()]).toEqual([203, 'loopback', 'real'])
    const refused = request('http://127.0.0.1:1/')
    await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
