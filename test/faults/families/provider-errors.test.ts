import type OpenAI from 'openai'
import {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  UnprocessableEntityError,
} from 'openai'
import { describe, expect, it } from 'vitest'
import { rejectionMembers } from '../../../src/faults/families/rejections.ts'
import { serverErrorMembers } from '../../../src/faults/families/server-errors.ts'
import { faults } from '../../../src/faults/faults.ts'
import { openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, model, modelErrorUnder, modelTarget } from '../_strike.ts'

/** A conversation in which a call has its answer. */
const paired: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'user', content: 'Good morning.' },
  {
    role: 'assistant',
    tool_calls: [{ id: 'call_a', type: 'function', function: { name: 'look_up', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'call_a', content: 'none' },
]

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
      id: 'overload',
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
    ['openai.408', APIError, 408, 'Timeout', { error: { code: 'Timeout', message: 'The operation was timeout.' } }],
    [
      'openai.409',
      ConflictError,
      409,
      'conflict_error',
      {
        error: {
          message: 'The resource was updated by another request. Please retry your request.',
          type: 'conflict_error',
          param: null,
          code: null,
        },
      },
    ],
  ] as const)('%s is repeated, and a failure in the trace', async (id, Kind, status, errorCode, body) => {
    const { error, events } = await modelErrorUnder(fault(id, modelTarget))
    expect(error).toBeInstanceOf(Kind)
    expect(error.status).toBe(status)
    const end = events.find((event) => event.type === 'response.end')
    expect(end).toMatchObject({ class: 'failure', errorCode, body: JSON.stringify(body) })
    const again = await play({ upstreams: [model()], faults: [fault(id, modelTarget)] }, () =>
      sdk({ maxRetries: 1 }).chat.completions.create(greeting),
    )
    expect(again.value.choices[0]?.message.content).toBe('Hello.')
  })

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

  it('openai.400.pairing names the call of the history that has no answer, in the words of each endpoint', async () => {
    const upstreams = [model(), openAiResponses({ name: 'responses', script: () => ({ content: 'Hello.' }) })]
    const everyCall = fault('openai.400.pairing', modelTarget, {}, { on: 'every', n: 1 })
    const { value, deliveries } = await play({ upstreams, faults: [everyCall] }, async () => [
      await rejection(sdk().chat.completions.create({ ...greeting, messages: paired })),
      await rejection(sdk().responses.create({ model: 'gpt-5', input: 'Good morning.' })),
    ])
    const [chat, responses] = value
    expect(deliveries).toEqual([2])
    expect(chat).toBeInstanceOf(BadRequestError)
    expect(chat).toMatchObject({ param: 'messages', type: 'invalid_request_error', code: null })
    expect(chat?.message).toBe(
      "400 An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_a",
    )
    expect(responses).toBeInstanceOf(BadRequestError)
    expect(responses?.message).toMatch(/^400 No tool output found for function call call_\w{24}\.$/)
  })

  it('the endpoint itself says the same of a history that is unpaired', async () => {
    const unpaired = paired.slice(0, 2)
    const { value } = await play({ upstreams: [model()] }, () =>
      rejection(sdk().chat.completions.create({ ...greeting, messages: unpaired })),
    )
    const { error } = await modelErrorUnder(fault('openai.400.pairing', modelTarget))
    const words = (message: string) => message.replace(/call_\w+$/, '')
    expect(words(value.message)).toBe(words(error.message))
  })

  it('openai.400.content_filter has the shape of Azure, which says for what the prompt was filtered', async () => {
    const { error, events } = await modelErrorUnder(
      fault('openai.400.content_filter', modelTarget, { category: 'jailbreak' }),
    )
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ status: 400, code: 'content_filter', param: 'prompt' })
    expect(error.headers?.get('apim-request-id')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
    expect(events.find((event) => event.type === 'response.end')?.body).toBe(
      '{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI\'s content management policy. Please modify your prompt and retry. To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":true,"detected":true},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}}}}}',
    )
  })

  it.each(['hate', 'self_harm', 'sexual', 'violence'])('openai.400.content_filter: %s', async (category) => {
    const { events } = await modelErrorUnder(fault('openai.400.content_filter', modelTarget, { category }))
    const end = events.find((event) => event.type === 'response.end')
    expect(end?.body.match(/"(\w+)":\{"filtered":true/g)).toEqual([`"${category}":{"filtered":true`])
    expect(end).toMatchObject({ class: 'neutral', errorCode: 'content_filter' })
  })

  it('openai.404 names the model that was asked for', async () => {
    const { error } = await modelErrorUnder(fault('openai.404', modelTarget))
    expect(error.message).toContain('The model `gpt-5` does not exist')
  })
})

it('every member of both families is tested above', () => {
  expect(serverErrorMembers.map(({ id }) => id)).toEqual(['openai.500', 'openai.503', 'openai.408'])
  expect(rejectionMembers.map(({ id }) => id)).toEqual([
    'openai.400',
    'openai.401',
    'openai.403',
    'openai.404',
    'openai.409',
    'openai.400.pairing',
    'openai.422',
  ])
})
