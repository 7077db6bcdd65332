import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { NetworkRequest } from '../../../src/simulation/network.ts'
import { nockCassette } from '../../../src/wire/cassettes/nock-cassette.ts'
import { type Reply, bodyText, isReply } from '../../../src/wire/reply.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'

const origin = 'https://policies.kitchen.example'
const folder = mkdtempSync(join(tmpdir(), 'shakedown-cassette-'))
afterAll(() => rmSync(folder, { recursive: true }))

function request(method: string, path: string, body = '', headers: Record<string, string> = {}): NetworkRequest {
  const sent = new Headers(headers)
  return { method, url: origin + path, header: (name) => sent.get(name), body, signal: null }
}

async function ask(upstream: Upstream, asked: NetworkRequest): Promise<Reply> {
  const context = { nowMs: 0, call: 0, task: undefined, seed: 'test', applyEffect: () => {} }
  const answer = await upstream.handle(asked, upstream.understand(asked), context)
  if (!isReply(answer)) throw new Error('expected a reply')
  return answer
}

const entry = { scope: origin, method: 'GET', path: '/a', status: 200, response: 'first' }

describe('replaying', () => {
  it('uses the entries of one request in their order, and then has none left', async () => {
    const cassette = nockCassette({ tool: 't', definitions: [entry, { ...entry, response: 'second' }] })
    const texts = []
    for (let time = 0; time < 3; time++) texts.push(await ask(cassette, request('GET', '/a')))
    expect(texts.map(({ status }) => status)).toEqual([200, 200, 501])
    expect(texts.slice(0, 2).map(bodyText)).toEqual(['first', 'second'])
    expect(JSON.parse(bodyText(texts[2] as Reply))).toEqual({
      code: 'SHAKEDOWN_NOT_RECORDED',
      message: `nock cassette has no recording of GET ${origin}/a a 3rd time; record it, or set persist to replay one again.`,
    })
  })

  it('replays the first entry for ever where it persists', async () => {
    const cassette = nockCassette({ tool: 't', definitions: [entry, { ...entry, response: 'second' }], persist: true })
    await ask(cassette, request('GET', '/a'))
    expect(bodyText(await ask(cassette, request('GET', '/a')))).toBe('first')
  })

  it('starts afresh for each upstream made of the same list', async () => {
    const definitions = [entry]
    await ask(nockCassette({ tool: 't', definitions }), request('GET', '/a'))
    expect((await ask(nockCassette({ tool: 't', definitions }), request('GET', '/a'))).status).toBe(200)
  })

  it('answers 501 to a body nobody recorded', async () => {
    const definitions = [{ ...entry, method: 'POST', body: { id: 1 } }]
    const answer = await ask(nockCassette({ tool: 't', definitions }), request('POST', '/a', '{"id":2}'))
    expect(answer.status).toBe(501)
    expect(bodyText(answer)).toContain('with such a body or headers')
  })

  it.each([
    ['the same JSON in other words', { id: 1, tags: ['x'] }, '{ "tags": ["x"], "id": 1 }', '', true],
    ['JSON with one key more', { id: 1 }, '{"id":1,"more":true}', '', false],
    ['a text with other line ends', 'a\nb', 'a\r\nb', 'text/plain', true],
    ['a multipart text with other line ends', 'a\nb', 'a\r\nb', 'multipart/mixed', false],
    ['a form as an object', { id: 1, name: 'Ann Lee' }, 'name=Ann+Lee&id=1', 'application/x-www-form-urlencoded', true],
    ['any body where none was recorded', undefined, 'whatever', '', true],
    ['a body where an empty one was recorded', '', 'whatever', '', false],
  ])('compares bodies as nock does: %s', async (_name, recorded, sent, type, isSame) => {
    const definitions = [{ ...entry, method: 'POST', body: recorded }]
    const asked = request('POST', '/a', sent, type === '' ? {} : { 'content-type': type })
    expect((await ask(nockCassette({ tool: 't', definitions }), asked)).status).toBe(isSame ? 200 : 501)
  })

  it('asks for recorded request headers', async () => {
    const definitions = [{ ...entry, reqheaders: { 'X-Shop': 'kitchen' } }]
    expect((await ask(nockCassette({ tool: 't', definitions }), request('GET', '/a'))).status).toBe(501)
    const asked = request('GET', '/a', '', { 'x-shop': 'kitchen' })
    expect((await ask(nockCassette({ tool: 't', definitions }), asked)).status).toBe(200)
  })

  it('reads raw headers as the flat list of older recorders too', async () => {
    const rawHeaders = ['X-One', '1', 'Content-Type', 'text/css', 'x-one', '2']
    const cassette = nockCassette({ tool: 't', definitions: [{ ...entry, rawHeaders }] })
    const { headers } = await ask(cassette, request('GET', '/a'))
    expect(headers).toEqual({ 'x-one': '1, 2', 'content-type': 'text/css' })
  })

  it('claims the recorded paths only, whatever the order of the query', () => {
    const cassette = nockCassette({ tool: 't', definitions: [{ ...entry, path: '/a?x=1&y=2' }] })
    expect(cassette.matches('GET', '/a?y=2&x=1')).toBe(true)
    expect(cassette.matches('GET', '/a')).toBe(false)
    expect(cassette.matches('GET', '/a?x=1&y=2&z=3')).toBe(false)
    expect(cassette.matches('POST', '/a?x=1&y=2')).toBe(false)
  })

  it('understands what the tool was called with', () => {
    const cassette = nockCassette({ tool: 'policy', definitions: [entry] })
    const { tool } = cassette.understand(request('POST', '/a?lang=en', '{"orderId":"A-1"}'))
    expect(tool).toEqual({ name: 'policy', arguments: { lang: 'en', orderId: 'A-1' } })
  })
})

describe('a cassette that is wrong', () => {
  const remedy = 'record it anew with nock.recorder.rec({ output_objects: true }).'
  it.each([
    ['an empty one', [], `nock cassette: expected at least one recorded request, found []; ${remedy}`],
    [
      'a scope that is no URL',
      [{ ...entry, scope: 'policies' }],
      `nock cassette: expected a URL of http or https at "0.scope", found "policies"; ${remedy}`,
    ],
    [
      'a relative path',
      [entry, { ...entry, path: 'a' }],
      `nock cassette: expected a path that starts with "/" at "1.path", found "a"; ${remedy}`,
    ],
    [
      'headers in an odd list',
      [{ ...entry, rawHeaders: ['x-one'] }],
      `nock cassette: expected a name and a value for each header at "0.rawHeaders", found ["x-one"]; ${remedy}`,
    ],
  ])('is refused with a sentence: %s', (_name, definitions, message) => {
    expect(() => nockCassette({ tool: 't', definitions })).toThrow(message)
  })

  it('names the origins where there are several, and takes the one it is told', () => {
    const definitions = [entry, { ...entry, scope: 'https://other.example' }]
    expect(() => nockCassette({ tool: 't', definitions })).toThrow(
      `nock cassette has several origins; set origin to one of "${origin}", "https://other.example".`,
    )
    expect(nockCassette({ tool: 't', definitions, origin: 'https://other.example' }).origin).toBe(
      'https://other.example',
    )
  })

  it('names the file that cannot be read, or is no JSON', () => {
    const file = join(folder, 'broken.json')
    expect(() => nockCassette({ tool: 't', file })).toThrow(`nock cassette ${file} could not be read`)
    writeFileSync(file, '[{')
    expect(() => nockCassette({ tool: 't', file })).toThrow(`nock cassette ${file} is no JSON`)
  })
})
