import '../../simulation/_install.ts'
import https from 'node:https'
import axios from 'axios'
import * as undici from 'undici'
import { describe, expect, it } from 'vitest'
import type { InterferencePort } from '../../../src/wire/interference.ts'
import type { Reply } from '../../../src/wire/reply.ts'
import { clockUpstream, inWorld } from '../../simulation/_world.ts'

const url = 'https://clock.example/'
const startMs = Date.UTC(2026, 0, 1)
const timeoutMs = 5_000

/** What a client saw of a body: its pieces with their times, and how it ended. */
interface Seen {
  readonly pieces: [text: string, atMs: number][]
  readonly end: unknown
}

type Client = (signal?: AbortSignal) => Promise<Seen>

async function readPieces(body: AsyncIterable<Uint8Array> | null): Promise<Seen> {
  const pieces: Seen['pieces'] = []
  try {
    for await (const piece of body ?? []) pieces.push([Buffer.from(piece).toString(), Date.now() - startMs])
    return { pieces, end: 'end' }
  } catch (error) {
    return { pieces, end: error }
  }
}

const clients: Record<string, Client> = {
  fetch: async (signal = null as never) => readPieces((await fetch(url, { signal })).body),
  'fetch of the undici package': async (signal) =>
    readPieces((await undici.fetch(url, { signal: signal ?? null })).body),
  'request of the undici package': async (signal) =>
    readPieces((await undici.request(url, { signal: signal ?? null })).body),
  'node:https': (signal) =>
    new Promise((resolve, reject) => {
      https.get(url, signal ? { signal } : {}, (response) => resolve(readPieces(response))).on('error', reject)
    }),
  axios: async (signal) => {
    const options = { responseType: 'stream' as const, ...(signal ? { signal } : {}) }
    return readPieces((await axios.get<AsyncIterable<Uint8Array>>(url, options)).data)
  },
}
const onFetch = ['fetch', 'fetch of the undici package']
const onSockets = ['node:https', 'axios']

function streamed(ending?: Reply['ending'], texts: readonly string[] = ['Your ', 'order']): InterferencePort {
  const reply: Reply = {
    status: 200,
    headers: { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' },
    body: texts.map((text) => ({ afterMs: 100, bytes: new TextEncoder().encode(text) })),
    ...(ending === undefined ? {} : { ending }),
  }
  return { interfere: () => [{ fault: 0, id: 'test', demanded: null, instead: () => reply }] }
}

async function read(client: string, interference: InterferencePort, hasTimeout = false) {
  const run = clients[client]
  if (run === undefined) throw new Error(`no client ${client}`)
  return inWorld(() => run(hasTimeout ? AbortSignal.timeout(timeoutMs) : undefined), {
    upstreams: [clockUpstream(40)],
    interference,
  })
}

const whole = [
  ['Your ', 140],
  ['order', 240],
]

describe.each(Object.keys(clients))('a body in pieces, read by %s', (client) => {
  it('comes at its times, and ends', async () => {
    const { value, events } = await read(client, streamed())
    expect(value).toEqual({ pieces: whole, end: 'end' })
    expect(events.slice(-4).map(({ type, at }) => [type, at])).toEqual([
      ['response.head', 40],
      ['response.chunk', 140],
      ['response.chunk', 240],
      ['response.end', 240],
    ])
  })

  it.each([
    ['closed', { failure: 'UND_ERR_SOCKET', message: 'other side closed' }, 'SocketError'],
    ['reset', { failure: 'ECONNRESET', message: 'read ECONNRESET' }, 'Error'],
  ] as const)('tells of a connection that is %s after the pieces that came', async (_how, ending, name) => {
    const { value, events } = await read(client, streamed(ending))
    expect(value?.pieces).toEqual(whole)
    const cause = { name, code: ending.failure, message: ending.message }
    if (onFetch.includes(client)) {
      expect(value?.end).toBeInstanceOf(TypeError)
      expect(value?.end).toMatchObject({ message: 'terminated', cause })
    } else if (onSockets.includes(client)) {
      expect(value?.end).toMatchObject({ code: 'ECONNRESET', message: 'aborted' })
    } else expect(value?.end).toMatchObject(cause)
    expect(events.slice(-2)).toMatchObject([
      { type: 'response.chunk', chunk: 1, at: 240 },
      { type: 'request.failed', at: 241, cause: ending.failure, class: 'indeterminate', partial: null },
    ])
  })

  it('comes to an end that is late', async () => {
    const { value, events } = await read(client, streamed({ lateMs: 5_000 }))
    expect(value).toEqual({ pieces: whole, end: 'end' })
    expect(events.at(-1)).toMatchObject({ type: 'response.end', at: 5_240 })
  })

  it('tells of a connection that breaks before the first piece', async () => {
    const { value, events } = await read(client, streamed({ failure: 'ECONNRESET', message: 'read ECONNRESET' }, []))
    expect(value?.pieces).toEqual([])
    expect(value?.end).toBeInstanceOf(Error)
    expect(events.at(-1)).toMatchObject({ type: 'request.failed', cause: 'ECONNRESET' })
  })

  it('waits on a silent connection until its signal is aborted, without one as long as its client does', async () => {
    const { value, events, virtualMs } = await read(client, streamed({ silence: true }), true)
    expect(value?.pieces).toEqual(whole)
    expect(value?.end).toBeInstanceOf(Error)
    expect(virtualMs).toBe(timeoutMs)
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', at: timeoutMs, class: 'indeterminate' })
    const patient = await read(client, streamed({ silence: true }))
    if (onSockets.includes(client)) return expect(patient).toMatchObject({ end: 'stalled' })
    const timeout = { name: 'BodyTimeoutError', code: 'UND_ERR_BODY_TIMEOUT', message: 'Body Timeout Error' }
    const end = onFetch.includes(client) ? { message: 'terminated', cause: timeout } : timeout
    expect(patient).toMatchObject({ value: { pieces: whole, end }, virtualMs: 300_240 })
  })
})

describe('a body in pieces', () => {
  it('is marked incomplete by node:https where it was cut', async () => {
    const complete = (interference: InterferencePort) =>
      inWorld(
        () =>
          new Promise((resolve, reject) => {
            const request = https.get(url, (response) => {
              response.resume().on('close', () => resolve(response.complete))
              response.on('error', () => {})
            })
            request.on('error', reject)
          }),
        { upstreams: [clockUpstream()], interference },
      )
    expect(await complete(streamed())).toMatchObject({ value: true })
    const cut = streamed({ failure: 'UND_ERR_SOCKET', message: 'other side closed' })
    expect(await complete(cut)).toMatchObject({ value: false })
  })

  it('is sent whether anybody reads or not: who comes late finds what is due', async () => {
    const { value, events } = await inWorld(
      async () => {
        const { body } = await fetch(url)
        await new Promise((resolve) => setTimeout(resolve, 150))
        return readPieces(body)
      },
      { upstreams: [clockUpstream(40)], interference: streamed() },
    )
    expect(value?.pieces).toEqual([
      ['Your ', 190],
      ['order', 240],
    ])
    expect(events.at(-1)).toMatchObject({ type: 'response.end', at: 240 })
  })

  it('is given up at the moment its signal is aborted, though nobody reads', async () => {
    const { events } = await inWorld(
      async () => {
        await fetch(url, { signal: AbortSignal.timeout(100) })
        await new Promise((resolve) => setTimeout(resolve, 1_000))
      },
      { upstreams: [clockUpstream(40)], interference: streamed() },
    )
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', at: 100 })
  })

  it('is given up by a reader who cancels, and leaves no timer behind', async () => {
    const { events, leftovers, virtualMs } = await inWorld(
      async () => {
        const { body } = await fetch(url)
        const reader = body?.getReader()
        await reader?.read()
        void reader?.read()
        await reader?.cancel()
      },
      { upstreams: [clockUpstream(40)], interference: streamed() },
    )
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', at: 140 })
    expect(leftovers).toEqual([])
    expect(virtualMs).toBe(140)
  })
})
