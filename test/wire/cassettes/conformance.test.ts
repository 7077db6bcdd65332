import '../../simulation/_install.ts'
import { execFile } from 'node:child_process'
import https from 'node:https'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import axios from 'axios'
import { request as undiciRequest } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nockCassette } from '../../../src/wire/cassettes/nock-cassette.ts'
import { inWorld } from '../../simulation/_world.ts'
import { get } from '../transports/_clients.ts'
import { type ComparedAnswer, type RecordedRequest, compared, origin, requests, sentHeaders } from './_requests.ts'

type Client = (request: RecordedRequest) => Promise<ComparedAnswer>

const clients: Record<string, Client> = {
  async fetch(request) {
    const { method, path, body } = request
    const response = await fetch(origin + path, { method, headers: sentHeaders(request), ...(body && { body }) })
    return compared(response.status, response.headers, new Uint8Array(await response.arrayBuffer()))
  },
  async 'node:https'(request) {
    const { method, path, body } = request
    const { status, headers, bytes } = await get(origin + path, { method, headers: sentHeaders(request) }, body)
    return compared(status, Object.entries(headers), bytes)
  },
  async axios(request) {
    const { method, path, body } = request
    const { status, headers, data } = await axios.request<ArrayBuffer>({
      url: origin + path,
      method,
      headers: sentHeaders(request),
      data: body,
      responseType: 'arraybuffer',
      decompress: false,
      validateStatus: () => true,
    })
    return compared(status, Object.entries(headers), new Uint8Array(data))
  },
  async 'undici.request'(request) {
    const { method, path, body } = request
    const answer = await undiciRequest(origin + path, { method, headers: sentHeaders(request), body: body ?? null })
    return compared(answer.statusCode, Object.entries(answer.headers), await answer.body.bytes())
  },
}

/** `fetch` undoes the compression; everything else of an answer stays as it came. */
function decoded(answer: ComparedAnswer): ComparedAnswer {
  if (answer.headers['content-encoding'] !== 'gzip') return answer
  return { ...answer, body: gunzipSync(Buffer.from(answer.body, 'hex')).toString('hex') }
}

describe('a nock cassette', () => {
  let byNock: readonly ComparedAnswer[] = []

  beforeAll(async () => {
    const script = new URL('_nock-replay.ts', import.meta.url).pathname
    const { stdout } = await promisify(execFile)(process.execPath, [script])
    const replayed: { answers: ComparedAnswer[]; isDone: boolean } = JSON.parse(stdout)
    expect(replayed.isDone).toBe(true)
    byNock = replayed.answers
  })
  afterAll(() => https.globalAgent.destroy())

  it('is replayed by nock with the statuses and bodies of the real service', () => {
    expect(byNock.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200, 204, 404])
    expect(Buffer.from(byNock[4]?.body ?? '', 'hex').toString()).toBe('Thirty days. Überraschungen ausgeschlossen.\n')
    expect(byNock[6]?.body).toBe('89504e470d0a1a0a00fffe80')
  })

  it.each(Object.keys(clients))('answers %s byte for byte as nock does', async (name) => {
    const cassette = nockCassette({ tool: 'return_policy', file: new URL('return-policy.json', import.meta.url) })
    const run = await inWorld(
      async () => {
        const answers: ComparedAnswer[] = []
        for (const request of requests) answers.push(await (clients[name] as Client)(request))
        return answers
      },
      { upstreams: [cassette] },
    )
    expect(run).toMatchObject({ error: undefined, end: 'finished', virtualMs: 9 * 40 })
    expect(run.value).toEqual(name === 'fetch' ? byNock.map(decoded) : byNock)
  })
})
