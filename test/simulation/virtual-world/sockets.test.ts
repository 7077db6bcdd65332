import '../_install.ts'
import type http from 'node:http'
import https, { get as importedGet } from 'node:https'
import type net from 'node:net'
import axios from 'axios'
import { afterEach, describe, expect, it } from 'vitest'
import type { InterferencePort } from '../../../src/wire/interference.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { get } from '../../wire/transports/_clients.ts'
import { clockUpstream, inWorld } from '../_world.ts'

const url = 'https://clock.example/'
const silent: InterferencePort = {
  interfere: () => [{ fault: 0, id: 'hang', demanded: null, instead: () => ({ silence: true }) }],
}

afterEach(() => https.globalAgent.destroy())

describe('clients on sockets', () => {
  it('node:http and node:https reach the upstream, with their bodies', async () => {
    const echo = toolBackend({
      tool: 'echo',
      method: 'POST',
      url: 'http://echo.example/:name',
      handle: ({ arguments: args }) => toolResult(args, 201),
    })
    const posted = await inWorld(
      () =>
        get('http://echo.example/a', { method: 'POST', headers: { 'content-type': 'application/json' } }, '{"b":1}'),
      { upstreams: [echo] },
    )
    expect(posted.value).toMatchObject({ status: 201, text: '{"b":1,"name":"a"}' })
    const imported = await inWorld(
      () => new Promise((resolve) => importedGet(url, (response) => resolve(response.resume().statusCode))),
      { upstreams: [clockUpstream()] },
    )
    expect(imported).toMatchObject({ value: 200, virtualMs: 40 })
  })

  it('socket timeouts of node:http run on virtual time, whichever way they are set', async () => {
    const ways: Record<string, () => http.ClientRequest> = {
      option: () => https.get(url, { timeout: 5_000 }),
      request: () => https.get(url).setTimeout(5_000),
      socket: () => https.get(url).on('socket', (socket: net.Socket) => socket.setTimeout(5_000)),
      agent: () => https.get(url, { agent: new https.Agent({ timeout: 5_000 }) }),
    }
    for (const [name, send] of Object.entries(ways)) {
      const run = await inWorld(
        () =>
          new Promise((resolve) => {
            const request = send()
            const giveUp = (): void => void request.destroy(new Error('timed out'))
            request.on('timeout', giveUp).on('error', (error) => resolve(error.message))
            request.on('socket', (socket: net.Socket) => socket.on('timeout', giveUp))
          }),
        { upstreams: [clockUpstream()], interference: silent },
      )
      expect([name, run.value, run.virtualMs]).toEqual([name, 'timed out', 5_000])
    }
  })

  it('a socket timeout starts anew with each piece of the body', async () => {
    const body = [1, 2, 3].map(() => ({ afterMs: 4_000, bytes: Buffer.from('.') }))
    const slow: InterferencePort = {
      interfere: () => [{ fault: 0, id: 'slow', demanded: null, instead: () => ({ status: 200, headers: {}, body }) }],
    }
    const run = await inWorld(() => get(url, { timeout: 5_000 }), { upstreams: [clockUpstream()], interference: slow })
    expect(run).toMatchObject({ value: { text: '...' }, virtualMs: 12_000 + 40, leftovers: [] })
  })

  it('axios reaches the upstream, and its timeout runs on virtual time', async () => {
    const answered = await inWorld(async () => (await axios.get<unknown>(url)).data, {
      upstreams: [clockUpstream(800)],
    })
    expect(answered).toMatchObject({ value: { nowMs: 800 }, virtualMs: 800 })
    const given = await inWorld(() => axios.get(url, { timeout: 3_000 }), {
      upstreams: [clockUpstream()],
      interference: silent,
    })
    expect(given).toMatchObject({ virtualMs: 3_000, error: { code: 'ECONNABORTED' } })
    const signalled = await inWorld(() => axios.get(url, { signal: AbortSignal.timeout(2_000) }), {
      upstreams: [clockUpstream()],
      interference: silent,
    })
    expect(signalled).toMatchObject({ virtualMs: 2_000, error: { code: 'ERR_CANCELED' } })
  })
})
