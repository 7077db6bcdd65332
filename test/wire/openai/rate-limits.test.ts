import * as fc from 'fast-check'
import { RateLimitError } from 'openai'
import { describe, expect, it } from 'vitest'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { RateLimiter, type RateLimits, formatReset } from '../../../src/wire/openai/rate-limits.ts'
import { greeting, play, rejection, sdk } from '../_play.ts'

const promptTokens = 10
const answering = (limits: RateLimits, latencyMs = 600) =>
  openAiChat({ script: () => ({ content: 'Hello.' }), limits, latencyMs })

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One call's headers; a refused call has them in its error. */
async function limitHeaders(): Promise<Record<string, string>> {
  const { headers } = await sdk().chat.completions.create(greeting).asResponse()
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-ratelimit-')))
}

describe('rate-limit headers', () => {
  it('fall with each call and refill with virtual time', async () => {
    const upstreams = [answering({ requestsPerMinute: 60, tokensPerMinute: 6_000 }, 0)]
    const { value } = await play({ upstreams }, async () => {
      const seen = [await limitHeaders(), await limitHeaders()]
      await pause(500)
      seen.push(await limitHeaders())
      await pause(60_000)
      return [...seen, await limitHeaders()]
    })
    const limits = { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-limit-tokens': '6000' }
    const headers = (requests: number, tokens: number, resetRequests: string, resetTokens: string) => ({
      ...limits,
      'x-ratelimit-remaining-requests': String(requests),
      'x-ratelimit-remaining-tokens': String(tokens),
      'x-ratelimit-reset-requests': resetRequests,
      'x-ratelimit-reset-tokens': resetTokens,
    })
    expect(value).toEqual([
      headers(59, 5_990, '1s', '100ms'),
      headers(58, 5_980, '2s', '200ms'),
      // Half a second gives back half a request and more tokens than were gone.
      headers(57, 5_990, '2.5s', '100ms'),
      headers(59, 5_990, '1s', '100ms'),
    ])
  })

  it('stand on refusals of other kinds, too', async () => {
    const upstreams = [answering({ requestsPerMinute: 60, tokensPerMinute: 6_000 })]
    const { value } = await play({ upstreams }, () =>
      rejection(sdk().chat.completions.create({ ...greeting, max_tokens: 200_000 })),
    )
    expect(value).toHaveProperty('status', 400)
    expect(value).toHaveProperty('requestID', expect.stringMatching(/^req_/))
    expect((value as { headers?: Headers }).headers?.get('x-ratelimit-remaining-requests')).toBe('59')
  })

  it('write durations as the service does', () => {
    const written = [0, 0.4, 12, 999, 999.2, 1_000, 1_500, 59_999, 60_000, 102_653, 360_000, 3_600_000, 5_461_500]
    expect(written.map(formatReset)).toEqual([
      '0ms',
      '1ms',
      '12ms',
      '999ms',
      '1s',
      '1s',
      '1.5s',
      '59.999s',
      '1m0s',
      '1m42.653s',
      '6m0s',
      '1h0m0s',
      '1h31m1.5s',
    ])
  })
})

describe('an exhausted limit', () => {
  it('of requests is answered 429 with the wait until the next request fits', async () => {
    const upstreams = [answering({ requestsPerMinute: 2, tokensPerMinute: 6_000 })]
    const { value } = await play({ upstreams }, async () => {
      await limitHeaders()
      await limitHeaders()
      return rejection(sdk().chat.completions.create(greeting))
    })
    expect(value).toBeInstanceOf(RateLimitError)
    expect(value).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'requests', param: null })
    // Two per minute are one in 30 s; the three calls were answered at 0.6, 1.2 and 1.8 s.
    expect(value.message).toBe(
      '429 Rate limit reached for gpt-5 in organization org-shakedown on requests per min (RPM): Limit 2, Used 2, Requested 1. Please try again in 28.8s.',
    )
    const headers = (value as RateLimitError).headers
    expect(headers.get('retry-after-ms')).toBe('28800')
    expect(headers.get('retry-after')).toBe('29')
    expect(headers.get('x-ratelimit-remaining-requests')).toBe('0')
  })

  it('of tokens is answered 429 of type tokens', async () => {
    const upstreams = [answering({ requestsPerMinute: 60, tokensPerMinute: 15 }, 0)]
    const { value } = await play({ upstreams }, async () => {
      await limitHeaders()
      return rejection(sdk().chat.completions.create(greeting))
    })
    expect(value).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'tokens' })
    expect(value.message).toContain(
      'on tokens per min (TPM): Limit 15, Used 10, Requested 10. Please try again in 20s.',
    )
  })

  it('is waited for by the client, which then succeeds at the very instant it was told', async () => {
    const upstreams = [answering({ requestsPerMinute: 7, tokensPerMinute: 6_000 }, 0)]
    const { virtualMs, events } = await play({ upstreams }, async () => {
      const client = sdk({ maxRetries: 1 })
      for (let call = 0; call < 8; call++) await client.chat.completions.create(greeting)
    })
    expect(virtualMs).toBe(Math.ceil(60_000 / 7))
    expect(events.filter((event) => event.type === 'response.end').map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 200, 200, 200, 429, 200,
    ])
  })

  it('that could never hold the request is told so, without a time to wait', async () => {
    const upstreams = [answering({ requestsPerMinute: 60, tokensPerMinute: 9 })]
    const { value } = await play({ upstreams }, () => rejection(sdk().chat.completions.create(greeting)))
    expect(value.message).toBe(
      '429 Request too large for gpt-5 in organization org-shakedown on tokens per min (TPM): Limit 9, Requested 10. The input or output tokens must be reduced in order to run successfully.',
    )
    expect((value as RateLimitError).headers.get('retry-after')).toBeNull()
    expect((value as RateLimitError).headers.get('retry-after-ms')).toBeNull()
  })
})

describe('the limiter', () => {
  const limits = fc.record({
    requestsPerMinute: fc.integer({ min: 1, max: 10_000 }),
    tokensPerMinute: fc.integer({ min: promptTokens, max: 5_000_000 }),
  })
  const calls = fc.array(
    fc.record({ afterMs: fc.integer({ min: 0, max: 40_000 }), tokens: fc.integer({ min: 0, max: 5_000_000 }) }),
    { maxLength: 30 },
  )

  it('lets a request through after exactly the wait it named, and not a millisecond before', () => {
    fc.assert(
      fc.property(limits, calls, (limited, sent) => {
        const limiter = new RateLimiter(limited)
        let nowMs = 0
        for (const { afterMs, tokens } of sent) {
          nowMs += afterMs
          const refused = limiter.admit(tokens, nowMs)
          if (refused === null || refused.waitMs === Number.POSITIVE_INFINITY) continue
          const waitMs = Math.ceil(refused.waitMs)
          expect(waitMs).toBeGreaterThan(0)
          const early = limiter.admit(tokens, nowMs + waitMs - 1)
          // Another limit may bite in the meantime: a request without room for its tokens counts all the same.
          expect(early).not.toBeNull()
          const late = limiter.admit(tokens, nowMs + waitMs)
          if (refused.limit === 'requests') expect(late?.limit).not.toBe('requests')
          else expect(late?.limit).not.toBe('tokens')
          nowMs += waitMs
        }
      }),
    )
  })

  it('never hands out more than the capacity and one minute of refill for each minute that passes', () => {
    fc.assert(
      fc.property(limits, calls, (limited, sent) => {
        const limiter = new RateLimiter(limited)
        let nowMs = 0
        let admitted = 0
        for (const { afterMs, tokens } of sent) {
          nowMs += afterMs
          if (limiter.admit(tokens, nowMs) === null) admitted += tokens
          expect(admitted).toBeLessThanOrEqual(limited.tokensPerMinute * (1 + nowMs / 60_000))
        }
      }),
    )
  })
})
