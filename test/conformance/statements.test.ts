import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/faults/catalogue.ts'
import { differences } from '../../tools/conformance/differences.ts'
import { differingClients, renderConformance, whyOf } from '../../tools/conformance/render.ts'
import { conformanceDocUrl, recordedConformance } from '../../tools/generate-conformance.ts'

const recorded = recordedConformance()
const { inProcess, throughProxy } = recorded

/** What a client saw of a member; fails where it was not asked. */
function seen(id: string, client: string): string {
  const words = inProcess[id]?.[client]?.words
  if (words === undefined) throw new Error(`${client} was not asked about ${id}`)
  return words
}

/** What the taxonomy says of each: the class of the SDK's error, by the status. */
const classes: Readonly<Record<string, RegExp>> = {
  'openai.400': /^BadRequestError 400 /,
  'openai.401': /^AuthenticationError 401 /,
  'openai.403': /^PermissionDeniedError 403 /,
  'openai.404': /^NotFoundError 404 /,
  'openai.422': /^UnprocessableEntityError 422 /,
  'openai.429.tpm': /^RateLimitError 429 .*\(rate_limit_exceeded\)/,
  'openai.429.rpm': /^RateLimitError 429 .*\(rate_limit_exceeded\)/,
  'openai.429.quota': /^RateLimitError 429 .*\(insufficient_quota\)/,
  'openai.429.slow_down': /^RateLimitError 429 .*\(slow_down\)/,
  'openai.500': /^InternalServerError 500 /,
  'openai.503': /^InternalServerError 503 .*\(server_is_overloaded\)/,
  'openai.400.context': /^BadRequestError 400 .*\(context_length_exceeded\)/,
  'deepseek.400.context': /^BadRequestError 400 .*\(invalid_request_error\)/,
  'anthropic.401': /^AuthenticationError 401 /,
  'anthropic.403': /^PermissionDeniedError 403 /,
  'anthropic.404': /^NotFoundError 404 /,
  'anthropic.409': /^ConflictError 409 /,
  'anthropic.429': /^RateLimitError 429 /,
  'anthropic.529': /529 /,
}

/** What it says of connections: how `fetch` rejects. */
const rejections: Readonly<Record<string, string>> = {
  'net.refused': 'TypeError "fetch failed" (ECONNREFUSED)',
  'net.reset': 'TypeError "fetch failed" (ECONNRESET)',
  'net.close': 'TypeError "fetch failed" (UND_ERR_SOCKET)',
  'net.hang.connect': 'TypeError "fetch failed" (UND_ERR_CONNECT_TIMEOUT)',
  'net.hang.headers': 'TimeoutError "The operation was aborted due to timeout"',
  'net.dns': 'TypeError "fetch failed" (ENOTFOUND)',
  'net.not_http': 'TypeError "fetch failed" (HTTPParserError',
  'net.redirect_loop': 'TypeError "fetch failed"',
}

describe('the SDKs', () => {
  it.each(Object.entries(classes))('give %s the class of its status', (id, words) => {
    expect(seen(id, 'SDK')).toMatch(words)
  })

  it.each(Object.keys(rejections).filter((id) => id in inProcess))('make a connection error of %s', (id) => {
    expect(seen(id, 'SDK')).toMatch(/^APIConnection(Timeout)?Error undefined /)
  })

  it('see an error inside a stream without a status, so that no retry layer knows it', () => {
    for (const id of ['sse.error.openai.chat', 'sse.error.anthropic', 'sse.error.responses.nested']) {
      expect(seen(id, 'SDK')).toMatch(/, then APIError undefined /)
    }
  })

  it('accept a clean end without a finish reason, and their helper does not', () => {
    expect(seen('sse.cut.clean', 'SDK')).toMatch(/^"You", no end at /)
    expect(seen('sse.cut.clean', 'SDK helper')).toMatch(/missing finish_reason for choice 0/)
  })

  it('find malformed JSON in a stream', () => {
    expect(seen('sse.malformed', 'SDK')).toMatch(
      /SyntaxError "Error reading response: malformed server-sent event JSON\."/,
    )
  })

  it('take a stream whose signal is aborted for one that ended', () => {
    expect(seen('sse.stall', 'SDK')).toBe('"You", no end at 120000 ms')
  })

  it('read the whole of a stream that only travels otherwise', () => {
    for (const id of ['sse.frames.split', 'sse.utf8.split', 'sse.nodone', 'sse.done_then_more', 'sse.comment']) {
      expect(seen(id, 'SDK')).toMatch(/^"You get 10 € back, by card\.", stop at /)
    }
  })
})

describe('fetch', () => {
  const cases = Object.entries(rejections).filter(([id]) => id in inProcess)
  it.each(cases)('rejects under %s as it does on real sockets', (id, words) => {
    expect(seen(id, 'fetch')).toContain(words)
  })

  it('tells "terminated" and why where a body breaks off', () => {
    expect(seen('sse.cut.chunked', 'fetch')).toMatch(/^200, \d+ bytes, then TypeError "terminated" \(UND_ERR_SOCKET\)/)
    expect(seen('sse.cut.reset', 'fetch')).toMatch(/^200, \d+ bytes, then TypeError "terminated" \(ECONNRESET\)/)
  })

  it('tells nothing where the end of the connection is the end of the body', () => {
    expect(seen('sse.cut.close', 'fetch')).toMatch(/^200, \d+ bytes at /)
  })
})

describe('the transports', () => {
  it.each(Object.keys(inProcess))('agree on %s, or it is said why not', (id) => {
    const other = throughProxy[id] ?? {}
    if (other['all'] !== undefined) return expect(other['all'].words).toMatch(/^not asked: /)
    const unexplained = differingClients(inProcess[id] ?? {}, other).filter((name) => whyOf(id, name) === undefined)
    expect(unexplained).toEqual([])
  })

  it.each(differences.flatMap(({ ids, clients = [] }) => ids.map((id) => ({ id, clients }))))(
    'differ on $id, as is argued',
    ({ id, clients }) => {
      const differing = differingClients(inProcess[id] ?? {}, throughProxy[id] ?? {})
      expect(differing).not.toEqual([])
      expect(differing).toEqual(expect.arrayContaining([...clients]))
    },
  )
})

it('every member that a client can meet over HTTP was shown to one', () => {
  // What happens to the agent's own process and clock leaves every answer as it is.
  const onTheWire = catalogue.filter(({ family }) => family !== 'clock' && family !== 'process')
  const absent = onTheWire.filter(({ id, seams = ['http'] }) => seams.includes('http') && !(id in inProcess))
  expect(absent.map(({ id }) => id)).toEqual([])
})

it('those that no first call can show are these, which need an earlier one', () => {
  const unstruck = Object.keys(inProcess).filter((id) => seen(id, 'fetch') === 'strikes no first call')
  expect(unstruck.toSorted()).toEqual(['tool.contradiction', 'tool.other_user', 'tool.stale', 'tool.unstable'])
})

it('the page says what was recorded; run node tools/generate-conformance.ts', () => {
  expect(readFileSync(conformanceDocUrl, 'utf8')).toBe(renderConformance(recorded))
})
