import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ModelRecorder } from '../../../src/wire/cassettes/model-recorder.ts'
import { modelCassette } from '../../../src/wire/cassettes/model-cassette.ts'
import type { ModelCassette, RecordedExchange } from '../../../src/wire/cassettes/model-cassette-schema.ts'
import { providerDrift } from '../../../src/wire/cassettes/provider-drift.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import type { Reply } from '../../../src/wire/reply.ts'
import { scratchFolder } from '../../cli/_shakedown.ts'
import { play } from '../_play.ts'

const origin = 'https://api.openai.com'
const chat = openAiChat({ script: () => ({ content: 'Hello.' }) })

/** What is written down of one exchange. */
async function recorded(reply: Reply, { body = '{}', secrets = [] as string[], tookMs = 0 } = {}) {
  const recorder = new ModelRecorder(secrets, () => {})
  const request = { method: 'POST', url: `${origin}/v1/chat/completions`, header: () => null, body, signal: null }
  const call = { upstream: chat, call: 0, task: 0, nowMs: 0, request, view: chat.understand(request) }
  const [recording] = recorder.interfere(call)
  if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, tookMs))
  recording?.afterwards?.(reply, { nowMs: 0, call: 0, task: undefined, seed: '', applyEffect: () => {} })
  return recorder.cassette(origin).exchanges[0]
}

const headers = { 'content-type': 'application/json' }

describe('what is recorded of an exchange', () => {
  it('has of the headers those that clients act on, and none that tells of an account', async () => {
    const telling = { 'set-cookie': '__cf_bm=1', 'openai-organization': 'org-1', 'x-request-id': 'req_1' }
    const exchange = await recorded({ status: 200, headers: { ...headers, ...telling }, body: '{}' })
    expect(exchange?.reply.headers).toEqual({ ...headers, 'x-request-id': 'req_1' })
  })

  it('has no secret, neither as it is nor as JSON writes it', async () => {
    const secret = 'pass"word\\4711'
    const body = JSON.stringify({ messages: [{ role: 'user', content: `It is ${secret}.` }] })
    const exchange = await recorded({ status: 200, headers, body: `${secret} ${body}` }, { body, secrets: [secret] })
    expect(exchange?.request.body).toEqual({ messages: [{ role: 'user', content: 'It is [redacted].' }] })
    expect(exchange?.reply.body).not.toContain('4711')
  })

  it('counts the time of the pieces of a body once: not as latency too', async () => {
    const piece = { afterMs: 60_000, bytes: Buffer.from('data: {}\n\n') }
    // Waits for a real while, so that there would be something to count twice.
    const exchange = await recorded({ status: 200, headers, body: [piece] }, { tookMs: 5 })
    expect(exchange?.reply).toMatchObject({ latencyMs: 0, body: [{ afterMs: 60_000 }] })
  })
})

describe('a recording of one model with two ways to answer', () => {
  const gemini = 'https://generativelanguage.googleapis.com'
  const path = (method: string) => `/v1beta/models/gemini-3-flash:${method}`
  const body = { contents: [{ role: 'user', parts: [{ text: 'Hello.' }] }] }
  const exchange = (method: string): RecordedExchange => ({
    request: { method: 'POST', path: path(method), headers: {}, body },
    reply: { status: 200, headers, latencyMs: 5, body: JSON.stringify({ said: method }) },
  })
  const cassette: ModelCassette = {
    format: 'shakedown model cassette 1',
    origin: gemini,
    recordedOn: '2026-11-01',
    exchanges: [exchange('streamGenerateContent'), exchange('generateContent')],
  }

  it('gives each body the answer of its own path', async () => {
    using folder = scratchFolder()
    const file = join(folder.path, 'gemini.json')
    writeFileSync(file, JSON.stringify(cassette))
    const ask = async (method: string) => {
      const answer = await fetch(`${gemini}${path(method)}`, { method: 'POST', body: JSON.stringify(body) })
      return answer.json()
    }
    const { value } = await play({ upstreams: [modelCassette({ file })] }, async () => [
      await ask('generateContent'),
      await ask('streamGenerateContent'),
    ])
    expect(value).toEqual([{ said: 'generateContent' }, { said: 'streamGenerateContent' }])
  })

  it('drifts where the answer has become a page', async () => {
    const page = () => Promise.resolve(new Response('<html></html>', { headers: { 'content-type': 'text/html' } }))
    const [first] = await providerDrift(cassette, page)
    expect(first).toEqual({
      exchange: 1,
      path: path('streamGenerateContent'),
      changes: ['the content type was application/json and is text/html'],
    })
  })
})
