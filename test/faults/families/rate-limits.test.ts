import { RateLimitError } from 'openai'
import { describe, expect, it } from 'vitest'
import { rateLimitMembers } from '../../../src/faults/families/rate-limits.ts'
import { greeting, play, sdk } from '../../wire/_play.ts'
import { fault, model, modelErrorUnder, modelTarget } from '../_strike.ts'

const service = {
  'content-type': 'application/json',
  'openai-organization': 'org-shakedown',
  'openai-processing-ms': expect.stringMatching(/^\d+$/),
  'openai-version': '2020-10-01',
  'x-request-id': expect.stringMatching(/^req_[0-9a-f]{32}$/),
}
const limits = { 'x-ratelimit-limit-requests': '5000', 'x-ratelimit-limit-tokens': '160000' }
const quotaWords =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.'

const expected = [
  [
    'openai.429.tpm',
    { waitMs: 102_653 },
    {
      // Limit 160 000: what is used up over it takes 102.653 s to refill.
      message:
        'Rate limit reached for gpt-5 in organization org-shakedown on tokens per min (TPM): Limit 160000, Used 433731, Requested 10. Please try again in 1m42.653s.',
      type: 'tokens',
      param: null,
      code: 'rate_limit_exceeded',
    },
    {
      ...limits,
      'x-ratelimit-remaining-requests': '4999',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-requests': '12ms',
      'x-ratelimit-reset-tokens': '6m0s',
      'retry-after': '103',
      'retry-after-ms': '102653',
    },
  ],
  [
    'openai.429.rpm',
    { waitMs: 500 },
    {
      message:
        'Rate limit reached for gpt-5 in organization org-shakedown on requests per min (RPM): Limit 5000, Used 5041, Requested 1. Please try again in 500ms.',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    },
    {
      ...limits,
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-remaining-tokens': '159999',
      'x-ratelimit-reset-requests': '6m0s',
      'x-ratelimit-reset-tokens': '1ms',
      'retry-after': '1',
      'retry-after-ms': '500',
    },
  ],
  [
    'openai.429.bare',
    {},
    {
      message: expect.stringMatching(/^Rate limit reached for gpt-5 .* requests per min \(RPM\)/),
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    },
    {},
  ],
  [
    'openai.429.quota',
    {},
    { message: quotaWords, type: 'insufficient_quota', param: null, code: 'insufficient_quota' },
    {},
  ],
  ...[
    'credit_balance_exhausted',
    'organization_spend_limit_exceeded',
    'project_spend_limit_exceeded',
    'organization_usage_limit_exceeded',
  ].map((code) => [
    'openai.429.billing',
    { code },
    { message: expect.any(String), type: 'insufficient_quota', param: null, code },
    {},
  ]),
  [
    'openai.429.slow_down',
    {},
    { message: expect.any(String), type: 'rate_limit_error', param: null, code: 'slow_down' },
    {},
  ],
] as const

describe('a limited model, seen through the official client', () => {
  it.each(expected as never as [string, { waitMs: number }, object, object][])(
    '%s %o arrives with its status, headers and body',
    async (id, parameters, body, headers) => {
      const { error, deliveries, virtualMs } = await modelErrorUnder(fault(id, modelTarget, parameters))
      expect(error).toBeInstanceOf(RateLimitError)
      expect(error.status).toBe(429)
      expect(error.error).toEqual(body)
      expect(Object.fromEntries(error.headers ?? [])).toEqual({ ...service, ...headers })
      expect({ deliveries, virtualMs }).toEqual({ deliveries: [1], virtualMs: 600 })
    },
  )

  it('is retried on an exhausted quota, which the client knows by its status alone', async () => {
    const faults = [fault('openai.429.quota', modelTarget, {}, { on: 'until', n: 3 })]
    const { events, deliveries } = await play({ upstreams: [model()], faults }, () =>
      sdk({ maxRetries: 2 }).chat.completions.create(greeting),
    )
    expect(deliveries).toEqual([2])
    expect(events.filter((event) => event.type === 'response.end').map(({ errorCode }) => errorCode)).toEqual([
      'insufficient_quota',
      'insufficient_quota',
      null,
    ])
  })

  it('is limited in every way there is', () => {
    const seen = [...expected.map(([id]) => id), 'retry-after']
    expect([...new Set(seen)].toSorted()).toEqual(rateLimitMembers.map(({ id }) => id).toSorted())
  })
})
