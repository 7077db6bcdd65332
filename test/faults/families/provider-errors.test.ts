import {
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  UnprocessableEntityError,
} from 'openai'
import { describe, expect, it } from 'vitest'
import { rejectionMembers } from '../../../src/faults/families/rejections.ts'
import { serverErrorMembers } from '../../../src/faults/families/server-errors.ts'
import { faults } from '../../../src/faults/faults.ts'
import { greeting, play, sdk } from '../../wire/_play.ts'
import { fault, model, modelErrorUnder, modelTarget } from '../_strike.ts'

describe('errors of the provider, seen by the official client', () => {
  it.each([
    ['openai.500', 500, 'server_error', 'server_error', /^500 The server had an error while processing your request/],
    ['openai.503', 503, 'service_unavailable_error', 'server_is_overloaded', /^503 The engine is currently overloaded/],
  ] as const)('%s is in the envelope of the service', async (id, status, type, errorCode, message) => {
    const { error, events, deliveries } = await modelErrorUnder(fault(id, modelTarget))
    expect(error).toBeInstanceOf(InternalServerError)
    expect(error).toMatchObject({ status, type, param: null, message: expect.stringMatching(message) })
    expect(error.headers?.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/)
    expect(error.headers?.get('retry-after')).toBeNull()
    expect(events.at(-1)).toMatchObject({ type: 'response.end', status, class: 'failure', errorCode })
    expect(deliveries).toEqual([1])
  })

  it.each([
    ['openai.502', 502, 'Bad Gateway'],
    ['openai.504', 504, 'Gateway Time-out'],
  ] as const)('%s is the page of a gateway', async (id, status, title) => {
    const { error, events } = await modelErrorUnder(fault(id, modelTarget))
    expect(error).toBeInstanceOf(InternalServerError)
    expect(error.status).toBe(status)
    expect(error.headers?.get('content-type')).toBe('text/html')
    expect(events.at(-1)).toMatchObject({ class: 'failure', errorCode: null, body: expect.stringContaining(title) })
  })

  it('openai.503 may say when to come back', async () => {
    const faults503 = [fault('openai.503', modelTarget, { retryAfterSeconds: 30 })]
    const { virtualMs } = await play({ upstreams: [model()], faults: faults503 }, () =>
      sdk({ maxRetries: 1 }).chat.completions.create(greeting),
    )
    expect(virtualMs).toBeGreaterThanOrEqual(31_200)
    expect(virtualMs).toBeLessThan(31_300)
  })

  it('last as long as an outage that is planned, and no longer', async () => {
    const outage = faults.provider.outage({ fromMs: 10_000, toMs: 20_000 })
    expect(outage).toEqual({
      id: 'openai.503',
      target: { kind: 'model', name: '*' },
      trigger: { on: 'between', fromMs: 10_000, toMs: 20_000 },
      parameters: {},
    })
    const { value, deliveries } = await play({ upstreams: [model()], faults: [outage] }, async () => {
      const statuses: string[] = []
      for (let call = 0; call < 6; call++) {
        const sent = Date.now()
        const status = await sdk()
          .chat.completions.create(greeting)
          .then(() => 'answered')
          .catch((error: InstanceType<typeof InternalServerError>) => String(error.status))
        statuses.push(status)
        await new Promise((resolve) => setTimeout(resolve, 5_000 - (Date.now() - sent)))
      }
      return statuses
    })
    expect(value).toEqual(['answered', 'answered', '503', '503', 'answered', 'answered'])
    expect(deliveries).toEqual([2])
  })
})

describe('rejections, seen by the official client', () => {
  it.each([
    ['openai.400', BadRequestError, 'invalid_type', 'invalid_type'],
    ['openai.401', AuthenticationError, 'invalid_api_key', 'invalid_api_key'],
    [
      'openai.403',
      PermissionDeniedError,
      'unsupported_country_region_territory',
      'unsupported_country_region_territory',
    ],
    ['openai.404', NotFoundError, 'model_not_found', 'model_not_found'],
    ['openai.422', UnprocessableEntityError, undefined, null],
  ] as const)('%s is not retried, and neutral in the trace', async (id, Kind, code, errorCode) => {
    const { value, events } = await play({ upstreams: [model()], faults: [fault(id, modelTarget)] }, () =>
      sdk({ maxRetries: 2 })
        .chat.completions.create(greeting)
        .catch((error: unknown) => error),
    )
    expect(value).toBeInstanceOf(Kind)
    expect(value).toMatchObject({ status: Number(id.slice(-3)), code })
    expect(events.filter(({ type }) => type === 'request.sent')).toHaveLength(1)
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: 'neutral', errorCode, model: null })
  })

  it('openai.404 names the model that was asked for', async () => {
    const { error } = await modelErrorUnder(fault('openai.404', modelTarget))
    expect(error.message).toContain('The model `gpt-5` does not exist')
  })
})

it('every member of both families is tested above', () => {
  expect(serverErrorMembers.map(({ id }) => id)).toEqual(['openai.500', 'openai.502', 'openai.503', 'openai.504'])
  expect(rejectionMembers.map(({ id }) => id)).toEqual([
    'openai.400',
    'openai.401',
    'openai.403',
    'openai.404',
    'openai.422',
  ])
})
