import '../../simulation/_install.ts'
import http from 'node:http'
import https from 'node:https'
import axios from 'axios'
import { afterEach, describe, expect, it } from 'vitest'
import type { InterferencePort } from '../../../src/wire/interference.ts'
import type { Answer } from '../../../src/wire/reply.ts'
import { interceptSockets } from '../../../src/wire/transports/msw.ts'
import { clockUpstream, inWorld } from '../../simulation/_world.ts'
import { get } from './_clients.ts'

const url = 'https://clock.example/'
const agents: https.Agent[] = []

afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy()
  https.globalAgent.destroy()
})

function answering(answer: Answer): InterferencePort {
  return { interfere: () => [{ fault: 0, id: 'test', demanded: null, instead: () => answer }] }
}

describe('sockets in a world', () => {
  it('reach the upstream that claims the host, in virtual time', async () => {
    const run = await inWorld(() => get(url), { upstreams: [clockUpstream(800)] })
    expect(run).toMatchObject({ end: 'finished', virtualMs: 800, inFlight: 0 })
    expect(run.value).toMatchObject({ status: 200, text: '{"nowMs":800}' })
    expect(run.events.map(({ type }) => type)).toEqual(['request.sent', 'response.head', 'response.end'])
  })

  it('show a reset connection as Node shows it', async () => {
    const interference = answering({ failure: 'ECONNRESET', message: 'read ECONNRESET' })
    const run = await inWorld(() => get(url), { upstreams: [clockUpstream()], interference })
    expect(run.error).toMatchObject({
      code: 'ECONNRESET',
      errno: -104,
      syscall: 'read',
      message: 'read ECONNRESET',
    })
    const viaAxios = await inWorld(() => axios.get(url), { upstreams: [clockUpstream()], interference })
    expect(viaAxios.error).toMatchObject({ isAxiosError: true, code: 'ECONNRESET' })
  })

  it.each([
    ['UND_ERR_SOCKET', 'ECONNRESET'],
    ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'],
    ['ENOTFOUND', 'ENOTFOUND'],
  ] as const)('show the failure %s as %s', async (failure, code) => {
    const interference = answering({ failure, message: `getaddrinfo ${failure}` })
    const run = await inWorld(() => get(url), { upstreams: [clockUpstream()], interference })
    expect(run.error).toMatchObject({ code })
  })

  it('wait for ever on silence, until the client times out', async () => {
    const silent = { upstreams: [clockUpstream()], interference: answering({ silence: true }) }
    const patient = await inWorld(() => get(url), silent)
    expect(patient).toMatchObject({ end: 'stalled' })
    const axiosRun = await inWorld(() => axios.get(url, { timeout: 2_500 }), silent)
    expect(axiosRun).toMatchObject({ virtualMs: 2_500, error: { code: 'ECONNABORTED' } })
    expect(axiosRun.events.at(-1)).toMatchObject({ type: 'request.aborted', at: 2_500 })
  })

  it('deliver a body in pieces at their virtual times', async () => {
    const chunks = ['a', 'b', 'c'].map((text) => ({ afterMs: 100, bytes: Buffer.from(text) }))
    const interference = answering({ status: 200, headers: { 'content-type': 'text/plain' }, body: chunks })
    const run = await inWorld(
      () =>
        new Promise((resolve, reject) => {
          const seen: [string, number][] = []
          https
            .get(url, (response) => {
              response.on('data', (chunk: Buffer) => seen.push([chunk.toString(), Date.now() % 1_000]))
              response.on('end', () => resolve(seen))
            })
            .on('error', reject)
        }),
      { upstreams: [clockUpstream(40)], interference },
    )
    expect(run.value).toEqual([
      ['a', 140],
      ['b', 240],
      ['c', 340],
    ])
  })

  it('belong to the world of their request, on a connection that an earlier world opened', async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 })
    agents.push(agent)
    const first = await inWorld(() => get(url, { agent }), { upstreams: [clockUpstream(40)] })
    const second = await inWorld(() => Promise.all([get(url, { agent }), get(url, { agent })]), {
      upstreams: [clockUpstream(7)],
    })
    expect(first.virtualMs).toBe(40)
    expect(second).toMatchObject({ end: 'finished', virtualMs: 14, inFlight: 0 })
    expect(first.events).toHaveLength(3)
    expect(second.events).toHaveLength(6)
  })

  it('add no header of their own to an answer, nor does fetch', async () => {
    const bare = { upstreams: [clockUpstream()], interference: answering({ status: 200, headers: {}, body: 'bare' }) }
    const bySocket = await inWorld(() => get(url), bare)
    expect(bySocket.value?.headers).not.toHaveProperty('content-type')
    const byFetch = await inWorld(async () => [...(await fetch(url)).headers], bare)
    expect(byFetch.value).toEqual([])
  })

  it('are refused with a sentence where no upstream claims the path', async () => {
    const run = await inWorld(() => get('https://clock.example/elsewhere'), { upstreams: [clockUpstream()] })
    expect(run.error).toMatchObject({ code: 'SHAKEDOWN_UNKNOWN_HOST' })
    expect(run.events).toMatchObject([{ type: 'request.refused', host: 'https://clock.example/elsewhere' }])
  })
})

describe('sockets outside any world', () => {
  it('pass through untouched', async () => {
    const server = http.createServer((request, response) => {
      response.writeHead(201, { 'x-from': 'loopback' })
      request.pipe(response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no port')
    const answer = await get(`http://127.0.0.1:${address.port}/`, { method: 'POST' }, 'echo')
    expect(answer).toMatchObject({ status: 201, text: 'echo' })
    expect(answer.headers['x-from']).toBe('loopback')
    await new Promise((resolve) => server.close(resolve))
  })
})

it('is the same interception when asked for again', () => {
  expect(interceptSockets()).toBe(interceptSockets())
})
