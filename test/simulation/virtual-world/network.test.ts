import '../_install.ts'
import dgram from 'node:dgram'
import dns from 'node:dns'
import http2 from 'node:http2'
import net from 'node:net'
import tls from 'node:tls'
import OpenAI from 'openai'
import { Agent, fetch as undiciFetch, request as undiciRequest } from 'undici'
import { describe, expect, it } from 'vitest'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import type { InterferencePort } from '../../../src/wire/interference.ts'
import { clockUpstream, inWorld } from '../_world.ts'

/** Made before any world, as an agent's module does: it keeps the fetch it found. */
const client = new OpenAI({ apiKey: 'sk-test', maxRetries: 0, timeout: 5_000 })
const capturedFetch = fetch
const url = 'https://clock.example/'
const upstreams = [clockUpstream(800)]

describe('the network of a world', () => {
  it('fetch captured early reaches the upstream, for a client built before the world', async () => {
    const ask = () => client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] })
    const run = await inWorld(async () => (await ask()).choices[0]?.message.content, {
      upstreams: [openAiChat({ script: [{ content: 'hello' }], latencyMs: 700 })],
    })
    expect(run).toMatchObject({ value: 'hello', virtualMs: 700, inFlight: 0 })
    const late = await inWorld(ask, { upstreams: [openAiChat({ script: [{ content: 'late' }], latencyMs: 9_000 })] })
    expect(late).toMatchObject({ virtualMs: 5_000, error: { message: 'Request timed out.' } })
    const plain = await inWorld(async () => (await capturedFetch(url)).text(), { upstreams })
    expect(plain.value).toBe('{"nowMs":800}')
  })

  it('the undici package reaches the upstream by its fetch and by its request', async () => {
    const run = await inWorld(
      async () => {
        const { body } = await undiciRequest(url)
        return [await (await undiciFetch(url)).json(), await body.json()]
      },
      { upstreams },
    )
    expect(run).toMatchObject({ value: [{ nowMs: 1_600 }, { nowMs: 800 }], virtualMs: 1_600, inFlight: 0 })
    const signal = () => AbortSignal.timeout(300)
    const aborted = await inWorld(() => undiciRequest(url, { signal: signal() }), { upstreams })
    expect(aborted).toMatchObject({ virtualMs: 300, error: { name: 'TimeoutError' } })
  })

  it('an undici Agent of the caller is refused, whether an upstream claims the host or not', async () => {
    for (const target of [url, 'https://elsewhere.example/']) {
      const dispatcher = new Agent({ connect: { timeout: 0 } })
      const run = await inWorld(() => undiciRequest(target, { dispatcher }), { upstreams })
      expect(run.error).toMatchObject({ code: 'SHAKEDOWN_UNKNOWN_HOST' })
      await dispatcher.destroy()
    }
  })

  it('streams deliver their chunks at their virtual times', async () => {
    const body = ['one', 'two'].map((text) => ({ afterMs: 250, bytes: Buffer.from(text) }))
    const interference: InterferencePort = {
      interfere: () => [{ fault: 0, id: 'x', demanded: null, instead: () => ({ status: 200, headers: {}, body }) }],
    }
    const read = async (chunks: AsyncIterable<Uint8Array> | null): Promise<[string, number][]> => {
      const seen: [string, number][] = []
      for await (const chunk of chunks ?? []) seen.push([Buffer.from(chunk).toString(), performance.now()])
      return seen
    }
    const expected = [
      ['one', 1_050],
      ['two', 1_300],
    ]
    const byFetch = await inWorld(async () => read((await fetch(url)).body), { upstreams, interference })
    expect(byFetch.value).toEqual(expected)
    const byUndici = await inWorld(async () => read((await undiciRequest(url)).body), { upstreams, interference })
    expect(byUndici.value).toEqual(expected)
    const cut = await inWorld(
      async () => {
        const reader = (await fetch(url)).body?.getReader()
        await reader?.read()
        await reader?.cancel()
      },
      { upstreams, interference },
    )
    expect(cut).toMatchObject({ virtualMs: 1_050, leftovers: [] })
    expect(cut.events.at(-1)).toMatchObject({ type: 'request.aborted', at: 1_050 })
  })

  it('a host that no upstream claims is refused with a sentence', async () => {
    const sentence =
      '"https://elsewhere.example/x" was refused: no upstream of this scenario claims it, and nothing leaves a simulated world; add an upstream for it.'
    const run = await inWorld(() => fetch('https://elsewhere.example/x'), { upstreams })
    expect(run.error).toMatchObject({ message: 'fetch failed', cause: { message: sentence } })
    expect(run.events).toEqual([{ type: 'request.refused', at: 0, task: 0, host: 'https://elsewhere.example/x' }])
    const byUndici = await inWorld(() => undiciRequest('https://elsewhere.example/x'), { upstreams })
    expect(byUndici.error).toMatchObject({ message: sentence })
  })

  it('raw sockets are refused, also to a host that an upstream claims', async () => {
    const talks: Record<string, () => NodeJS.EventEmitter> = {
      'net, elsewhere': () => net.connect(5432, 'db.example'),
      'net, a path': () => net.connect('/run/agent.sock'),
      'net, claimed': () => {
        const socket = net.connect(443, 'clock.example')
        socket.write('HELO me\r\n')
        return socket.on('data', () => {})
      },
      'tls, claimed': () => {
        const socket = tls.connect({ host: 'clock.example', port: 443 })
        socket.write('HELO me\r\n')
        return socket.on('data', () => {})
      },
    }
    for (const [name, talk] of Object.entries(talks)) {
      const run = await inWorld(() => new Promise((resolve) => talk().on('error', resolve)), {
        upstreams,
        realWaitMs: 2_000,
      })
      expect([name, run.end, (run.value as { code?: string } | undefined)?.code]).toEqual([
        name,
        'finished',
        'SHAKEDOWN_UNKNOWN_HOST',
      ])
    }
  })

  it('HTTP/2 is refused', async () => {
    const run = await inWorld(() => http2.connect(url), { upstreams })
    expect(run.error).toMatchObject({ code: 'SHAKEDOWN_UNKNOWN_HOST' })
    expect(run.events).toMatchObject([{ type: 'request.refused', host: 'HTTP/2 to https://clock.example/' }])
  })

  it('names are refused, by callback and by promise, by functions and by resolvers', async () => {
    const questions: (() => Promise<unknown>)[] = [
      () => new Promise((resolve, reject) => dns.lookup('db.example', (error) => (error ? reject(error) : resolve(0)))),
      () =>
        new Promise((resolve, reject) => dns.resolve4('db.example', (error) => (error ? reject(error) : resolve(0)))),
      () =>
        new Promise((resolve, reject) =>
          new dns.Resolver().resolveTxt('db.example', (error) => (error ? reject(error) : resolve(0))),
        ),
      () => dns.promises.lookup('db.example'),
      () => dns.promises.resolve('db.example'),
      () => new dns.promises.Resolver().resolveMx('db.example'),
    ]
    for (const ask of questions) {
      const run = await inWorld(ask)
      expect(run.error).toMatchObject({ code: 'ENOTFOUND', hostname: 'db.example' })
      expect(run.events).toMatchObject([{ type: 'request.refused', host: 'db.example' }])
    }
  })

  it('datagrams are refused', async () => {
    const socket = dgram.createSocket('udp4')
    const run = await inWorld(() => socket.send('x', 53, '127.0.0.1'))
    expect(run.error).toMatchObject({ code: 'SHAKEDOWN_UNKNOWN_HOST' })
    socket.close()
  })

  it('web sockets are refused', async () => {
    const run = await inWorld(() => firstEventOf(new WebSocket('wss://clock.example/live')), { upstreams })
    expect(run).toMatchObject({ end: 'finished', value: 'error' })
    expect(run.events.map(({ type }) => type)).toContain('request.refused')
  })
})

function firstEventOf(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['open', 'message', 'error'] as const) socket.addEventListener(name, () => resolve(name))
  })
}
