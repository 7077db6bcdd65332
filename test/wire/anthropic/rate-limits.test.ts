import { type APIError, RateLimitError } from '@anthropic-ai/sdk'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnthropicRateLimiter } from '../../../src/wire/anthropic/rate-limits.ts'
import { rejection } from '../_play.ts'
import { client, converse, greeting, post } from './_client.ts'

const limits = { requestsPerMinute: 60, inputTokensPerMinute: 60_000, outputTokensPerMinute: 12_000 }
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Words of one token each. */
const words = (count: number): string => ' word'.repeat(count)
/** A request of 3 000 tokens, 7 of them overhead. */
const long = { ...greeting, messages: [{ role: 'user' as const, content: words(2_993) }] }

async function limitHeaders(body: object = long): Promise<Record<string, string>> {
  const { headers } = await post(body)
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('anthropic-ratelimit-') ? [[name.slice('anthropic-ratelimit-'.length), value]] : [],
    ),
  )
}

describe('rate-limit headers', () => {
  it('fall with each call and its reply, and refill with virtual time', async () => {
    const options = { limits, latencyMs: 0, script: () => ({ content: words(2_000) }) }
    const { value } = await converse(options, async () => {
      const seen = [await limitHeaders(), await limitHeaders()]
      await pause(60_000)
      return [...seen, await limitHeaders()]
    })
    const capacities = {
      'requests-limit': '60',
      'tokens-limit': '72000',
      'input-tokens-limit': '60000',
      'output-tokens-limit': '12000',
    }
    expect(value[0]).toEqual({
      ...capacities,
      'requests-remaining': '59',
      'requests-reset': '2026-01-01T00:00:01Z',
      'tokens-remaining': '69000',
      'tokens-reset': '2026-01-01T00:00:03Z',
      'input-tokens-remaining': '57000',
      'input-tokens-reset': '2026-01-01T00:00:03Z',
      // What a reply costs stands on the next answer.
      'output-tokens-remaining': '12000',
      'output-tokens-reset': '2026-01-01T00:00:00Z',
    })
    expect(value[1]).toEqual({
      ...capacities,
      'requests-remaining': '58',
      'requests-reset': '2026-01-01T00:00:02Z',
      'tokens-remaining': '64000',
      'tokens-reset': '2026-01-01T00:00:10Z',
      'input-tokens-remaining': '54000',
      'input-tokens-reset': '2026-01-01T00:00:06Z',
      'output-tokens-remaining': '10000',
      'output-tokens-reset': '2026-01-01T00:00:10Z',
    })
    expect(value[2]).toMatchObject({
      'requests-remaining': '59',
      'input-tokens-remaining': '57000',
      'output-tokens-remaining': '12000',
      'output-tokens-reset': '2026-01-01T00:01:00Z',
    })
  })

  it('stand on streams and on refusals of other kinds, beside the organization', async () => {
    const { value } = await converse({ limits }, async () => {
      const streamed = await client()
        .messages.create({ ...greeting, stream: true })
        .asResponse()
      await streamed.text()
      const refused = await rejection(
        client().messages.create({ ...greeting, max_tokens: 21_000, system: words(190_000) }),
      )
      return [streamed.headers, (refused as APIError).headers]
    })
    expect(value.map((headers) => headers?.get('anthropic-ratelimit-requests-remaining'))).toEqual(['59', '58'])
    // Ten tokens are lost in the rounding, and 1.6 s are told in whole seconds.
    expect(value[0]?.get('anthropic-ratelimit-input-tokens-remaining')).toBe('60000')
    expect(value[0]?.get('anthropic-ratelimit-requests-reset')).toBe('2026-01-01T00:00:02Z')
    for (const headers of value) {
      expect(headers?.get('anthropic-organization-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(headers?.get('request-id')).toMatch(/^req_011C[A-Za-z0-9]{20}$/)
    }
  })
})

describe('an exhausted limit', () => {
  it('of requests is answered 429 with the wait in whole seconds', async () => {
    const { value, events } = await converse({ limits: { ...limits, requestsPerMinute: 2 } }, async () => {
      await client().messages.create(greeting)
      await client().messages.create(greeting)
      return rejection(client().messages.create(greeting))
    })
    expect(value).toBeInstanceOf(RateLimitError)
    const { headers, apiMessage } = value as APIError
    expect(apiMessage).toMatch(
      /^This request would exceed your organization's rate limit of 2 requests per minute \(org: [-0-9a-f]{36}, model: claude-opus-5\)\./,
    )
    // Two per minute are one in 30 s; the three calls were answered at 0.6, 1.2 and 1.8 s.
    expect(headers?.get('retry-after')).toBe('29')
    expect(headers?.get('anthropic-ratelimit-requests-remaining')).toBe('0')
    expect(events.at(-1)).toMatchObject({ status: 429, class: 'failure', errorCode: 'rate_limit_error' })
  })

  it('of requests is waited for by the client, which then succeeds', async () => {
    const { virtualMs, events } = await converse(
      { limits: { ...limits, requestsPerMinute: 7 }, latencyMs: 0 },
      async () => {
        for (let call = 0; call < 8; call++) await client({ maxRetries: 1 }).messages.create(greeting)
      },
    )
    const statuses = events.filter((event) => event.type === 'response.end').map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 429, 200])
    expect(virtualMs).toBe(Math.ceil(60 / 7) * 1000)
  })

  it('of input is answered 429, and the request counts all the same', async () => {
    const { value } = await converse({ limits: { ...limits, inputTokensPerMinute: 5_000 }, latencyMs: 0 }, async () => {
      await post(long)
      return post(long)
    })
    expect(value.status).toBe(429)
    expect(value.body.error.message).toContain('rate limit of 5,000 input tokens per minute')
    // 1 000 tokens are missing, of which 60 s bring 5 000.
    expect(value.headers['retry-after']).toBe('12')
    expect(value.headers['anthropic-ratelimit-requests-remaining']).toBe('58')
  })

  it('of output is met by the request after the reply that used it up, which waits for what is owed', async () => {
    const options = {
      limits: { ...limits, outputTokensPerMinute: 100 },
      latencyMs: 0,
      script: () => ({ content: words(2_100) }),
    }
    const { value } = await converse(options, async () => [await post(greeting), await post(greeting)])
    expect(value.map(({ status }) => status)).toEqual([200, 429])
    expect(value[1]?.body.error.message).toContain('rate limit of 100 output tokens per minute')
    // 2 001 tokens, of which 60 s bring 100.
    expect(value[1]?.headers['retry-after']).toBe('1201')
    expect(value[1]?.headers['anthropic-ratelimit-output-tokens-remaining']).toBe('0')
  })

  it('that could never hold the request is told so without a time to wait', async () => {
    const { value } = await converse({ limits: { ...limits, inputTokensPerMinute: 2_999 } }, () => post(long))
    expect(value.status).toBe(429)
    expect(value.headers).not.toHaveProperty('retry-after')
  })
})

describe('the limiter', () => {
  it('lets a request through after the wait it named, and not a millisecond before', () => {
    const capacity = fc.integer({ min: 1, max: 100_000 })
    const calls = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 40_000 }),
        input: fc.integer({ min: 0, max: 100_000 }),
        output: fc.integer({ min: 0, max: 100_000 }),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(capacity, capacity, capacity, calls, (requests, input, output, sent) => {
        const limiter = new AnthropicRateLimiter({
          requestsPerMinute: requests,
          inputTokensPerMinute: input,
          outputTokensPerMinute: output,
        })
        let nowMs = 0
        for (const call of sent) {
          nowMs += call.afterMs
          const refused = limiter.admit(call.input, nowMs)
          if (refused === null) limiter.spendOutput(call.output)
          if (refused === null || refused.waitMs === Number.POSITIVE_INFINITY) continue
          const waitMs = Math.ceil(refused.waitMs)
          expect(waitMs).toBeGreaterThan(0)
          // Another limit may bite in the meantime: a request without room for its tokens counts all the same.
          expect(limiter.admit(call.input, nowMs + waitMs - 1)).not.toBeNull()
          expect(limiter.admit(call.input, nowMs + waitMs)?.limit).not.toBe(refused.limit)
          nowMs += waitMs
        }
      }),
    )
  })
})
