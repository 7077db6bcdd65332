import { APIConnectionError, APIConnectionTimeoutError } from 'openai'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { transportMembers } from '../../../src/faults/families/transport.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import {
  fault,
  model,
  modelAnswerUnder,
  modelErrorUnder,
  modelTarget,
  refundA1,
  refundUrl,
  refunds,
  toolTarget,
} from '../_strike.ts'

const done = ['refund:A-1']
const reset = { name: 'Error', code: 'ECONNRESET', message: 'read ECONNRESET' }
const closed = { name: 'SocketError', code: 'UND_ERR_SOCKET', message: 'other side closed' }
const refused = { name: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }
const noConnection = {
  name: 'ConnectTimeoutError',
  code: 'UND_ERR_CONNECT_TIMEOUT',
  message: expect.stringMatching(
    /^Connect Timeout Error \(attempted address: (shop\.test|api\.openai\.com):443, timeout: 10000ms\)$/,
  ) as string,
}
const unresolved = (code: string) => ({
  name: 'Error',
  code,
  message: expect.stringMatching(`^getaddrinfo ${code} (shop.test|api.openai.com)$`) as string,
})
const expired = { name: 'Error', code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }
const unverified = {
  name: 'Error',
  code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  message: expect.stringMatching(/^unable to verify the first certificate; /) as string,
}

type Case = readonly [id: string, parameters: JsonObject, cause: typeof reset, effects: string[], outcome: string]

/** What becomes of each connection: the cause that fetch tells, whether the work was done, and how it counts. */
const failures: readonly Case[] = [
  ['net.refused', {}, refused, [], 'failure'],
  ['net.reset', { isWorkDone: false }, reset, [], 'indeterminate'],
  ['net.reset', { isWorkDone: true }, reset, done, 'indeterminate'],
  ['net.close', {}, closed, [], 'indeterminate'],
  ['net.hang.connect', {}, noConnection, [], 'failure'],
  ['net.dns', { code: 'ENOTFOUND' }, unresolved('ENOTFOUND'), [], 'failure'],
  ['net.dns', { code: 'EAI_AGAIN' }, unresolved('EAI_AGAIN'), [], 'failure'],
  ['net.tls', { code: 'CERT_HAS_EXPIRED' }, expired, [], 'failure'],
  ['net.tls', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, unverified, [], 'failure'],
]

describe('a connection that fails', () => {
  it.each(failures)(
    '%s %o is, to a tool, a failed fetch that tells why',
    async (id, given, cause, effects, outcome) => {
      const faults = [fault(id, toolTarget, given)]
      const { value, events } = await play({ upstreams: [refunds()], faults }, () =>
        rejection(fetch(refundUrl, refundA1)),
      )
      expect(value).toBeInstanceOf(TypeError)
      expect(value.message).toBe('fetch failed')
      expect(value.cause).toBeInstanceOf(Error)
      expect(value.cause).toMatchObject(cause)
      const applied = events.filter((event) => event.type === 'effect.applied')
      expect(applied.map(({ effect }) => effect.key)).toEqual(effects)
      expect(events.at(-1)).toMatchObject({ type: 'request.failed', cause: cause.code, class: outcome, partial: null })
    },
  )

  it.each(failures)('%s %o is, to the client of a model, a connection error', async (id, given, cause, _, outcome) => {
    const { error, events, deliveries } = await modelErrorUnder(fault(id, modelTarget, given))
    expect(error).toBeInstanceOf(APIConnectionError)
    expect(error.cause).toMatchObject({ message: 'fetch failed', cause })
    expect(deliveries).toEqual([1])
    expect(events.at(-1)).toMatchObject({ type: 'request.failed', cause: cause.code, class: outcome })
  })

  it('is waited for ten seconds where it does not come about, whatever the upstream takes otherwise', async () => {
    const upstreams = [openAiChat({ script: () => ({ content: 'Hello.' }), latencyMs: 2_000 })]
    const faults = [fault('net.hang.connect', modelTarget)]
    const { events } = await play({ upstreams, faults }, () => rejection(sdk().chat.completions.create(greeting)))
    const [sent, failed] = [events[0], events.at(-1)]
    expect((failed?.at ?? 0) - (sent?.at ?? 0)).toBe(10_000)
  })

  it('gives the next request the reply that did not arrive', async () => {
    const upstreams = [openAiChat({ script: [{ content: 'One.' }, { content: 'Two.' }] })]
    const faults = [fault('net.reset', modelTarget, { isWorkDone: true })]
    const { value } = await play({ upstreams, faults }, () => sdk({ maxRetries: 1 }).chat.completions.create(greeting))
    expect(value.choices[0]?.message.content).toBe('One.')
  })
})

it('every member of the family is tested here', () => {
  // The last two are held against a real server in wire/transports/real-failures.test.ts.
  const seen = [...failures.map(([id]) => id), 'net.hang.headers', 'net.not_http', 'net.redirect_loop']
  expect([...new Set(seen)].toSorted()).toEqual(transportMembers.map(({ id }) => id).toSorted())
})

describe('an upstream that never answers', () => {
  it('is given up by the timeout of the client, at that very time', async () => {
    const faults = [fault('net.hang.headers', modelTarget)]
    const { value, virtualMs, events } = await play({ upstreams: [model()], faults }, () =>
      rejection(sdk({ timeout: 25_000 }).chat.completions.create(greeting)),
    )
    expect(value).toBeInstanceOf(APIConnectionTimeoutError)
    expect(virtualMs).toBe(25_000)
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', at: 25_000, class: 'indeterminate' })
  })

  it('is given up after five minutes by fetch, before the ten minutes of the client have passed', async () => {
    const { error, virtualMs, events } = await modelErrorUnder(fault('net.hang.headers', modelTarget))
    expect(error).toBeInstanceOf(APIConnectionError)
    expect(error.cause).toMatchObject({
      message: 'fetch failed',
      cause: { name: 'HeadersTimeoutError', code: 'UND_ERR_HEADERS_TIMEOUT', message: 'Headers Timeout Error' },
    })
    expect(virtualMs).toBe(300_000)
    expect(events.at(-1)).toMatchObject({ cause: 'UND_ERR_HEADERS_TIMEOUT', class: 'indeterminate' })
  })

  it('is given up after the same five minutes where it would answer later', async () => {
    const late = fault('latency.fixed', modelTarget, { ms: 299_400 })
    expect((await modelAnswerUnder(late)).value.choices[0]?.message.content).toBe('Hello.')
    const tooLate = await modelErrorUnder(fault('latency.fixed', modelTarget, { ms: 299_401 }))
    expect(tooLate.error.cause).toHaveProperty('cause.code', 'UND_ERR_HEADERS_TIMEOUT')
    expect(tooLate.virtualMs).toBe(300_000)
  })

  it('is asked again by the retries of the client', async () => {
    const faults = [fault('net.hang.headers', modelTarget)]
    const { value, events } = await play({ upstreams: [model()], faults }, () =>
      sdk({ timeout: 25_000, maxRetries: 1 }).chat.completions.create(greeting),
    )
    expect(value.choices[0]?.message.content).toBe('Hello.')
    const attempts = events.filter((event) => event.type === 'request.sent')
    expect(attempts.map(({ attempt, logicalCall }) => [logicalCall, attempt])).toEqual([
      [0, 1],
      [0, 2],
    ])
  })
})
