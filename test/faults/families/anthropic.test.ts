import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { client, greeting } from '../../wire/anthropic/_client.ts'
import { greeting as chatGreeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped.' }
const create = () => client().messages.create(greeting)
const finalMessage = () => client().messages.stream(greeting).finalMessage()

function under<Value>(id: string, parameters: JsonObject, run: () => Promise<Value>, reply = shipped) {
  return play(
    { upstreams: [anthropicMessages({ script: () => reply })], faults: [fault(id, modelTarget, parameters)] },
    run,
  )
}

async function errorUnder(id: string, parameters: JsonObject = {}) {
  const { value, deliveries, events } = await under(id, parameters, () => rejection(create()))
  expect(deliveries).toEqual([1])
  const end = events.find((event) => event.type === 'response.end')
  return { error: value as InstanceType<typeof Anthropic.APIError>, errorCode: end?.errorCode }
}

describe('an error of Anthropic, read by the official client', () => {
  it.each([
    ['anthropic.429', { limit: 'input tokens', waitSeconds: 13 }, Anthropic.RateLimitError, 429, 'rate_limit_error'],
    ['anthropic.429.spend', {}, Anthropic.RateLimitError, 429, 'enforced_spend_limit_reached'],
    ['anthropic.400.spend', {}, Anthropic.BadRequestError, 400, 'invalid_request_error'],
    ['anthropic.402', {}, Anthropic.PaymentRequiredError, 402, 'billing_error'],
    ['anthropic.500', {}, Anthropic.InternalServerError, 500, 'api_error'],
    ['anthropic.504', {}, Anthropic.InternalServerError, 504, 'timeout_error'],
    ['anthropic.529', {}, Anthropic.InternalServerError, 529, 'overloaded_error'],
    ['anthropic.401', {}, Anthropic.AuthenticationError, 401, 'authentication_error'],
    ['anthropic.403', {}, Anthropic.PermissionDeniedError, 403, 'permission_error'],
    ['anthropic.404', {}, Anthropic.NotFoundError, 404, 'not_found_error'],
    ['anthropic.409', {}, Anthropic.ConflictError, 409, 'conflict_error'],
    ['anthropic.413', { form: 'json' }, Anthropic.ContentTooLargeError, 413, 'request_too_large'],
    ['anthropic.413', { form: 'html' }, Anthropic.ContentTooLargeError, 413, null],
    ['anthropic.400.pairing', {}, Anthropic.BadRequestError, 400, 'invalid_request_error'],
    ['anthropic.400.context', { windowTokens: 200_000 }, Anthropic.BadRequestError, 400, 'invalid_request_error'],
    ['anthropic.400.max_tokens', { windowTokens: 200_000 }, Anthropic.BadRequestError, 400, 'invalid_request_error'],
  ])('%s %j', async (id, parameters, Class, status, code) => {
    const { error, errorCode } = await errorUnder(id, parameters)
    expect(error).toBeInstanceOf(Class)
    expect(error.status).toBe(status)
    expect(errorCode).toBe(code)
  })

  it('tells the limit that is used up, how long to wait, and until when', async () => {
    const { error } = await errorUnder('anthropic.429', { limit: 'output tokens', waitSeconds: 90 })
    expect(error.message).toContain("would exceed your organization's rate limit of 8,000 output tokens per minute")
    expect(Object.fromEntries(error.headers ?? [])).toMatchObject({
      'retry-after': '90',
      'anthropic-ratelimit-output-tokens-limit': '8000',
      'anthropic-ratelimit-output-tokens-remaining': '0',
      'anthropic-ratelimit-output-tokens-reset': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
    })
  })

  it('has the words of the recorded errors', async () => {
    const words = async (id: string, parameters: JsonObject = {}) => (await errorUnder(id, parameters)).error.message
    expect(await words('anthropic.400.context', { windowTokens: 200_000 })).toContain(
      'prompt is too long: 208310 tokens > 200000 maximum',
    )
    expect(await words('anthropic.400.max_tokens', { windowTokens: 200_000 })).toContain(
      'input length and `max_tokens` exceed context limit: 141644 + 66666 > 200000',
    )
    expect(await words('anthropic.400.pairing')).toContain(
      'messages.0: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_',
    )
    expect(await words('anthropic.404')).toContain(`model: ${greeting.model}`)
  })

  it('waits as long as retry-after says where the client retries', async () => {
    const faults = [fault('anthropic.429', modelTarget, { limit: 'requests', waitSeconds: 13 })]
    const { value, virtualMs } = await play({ upstreams: [anthropicMessages({ script: () => shipped })], faults }, () =>
      client({ maxRetries: 1 }).messages.create(greeting),
    )
    expect(value.content).toEqual([expect.objectContaining({ type: 'text', text: shipped.content })])
    expect(virtualMs).toBeGreaterThanOrEqual(13_000)
  })
})

describe('a stream of Anthropic that breaks, read by the official client', () => {
  it.each([
    [529, 'overloaded_error'],
    [500, 'api_error'],
  ])('sse.error.anthropic: an error event for %i has no status, so that no retry sees it', async (status, type) => {
    const { value, events } = await under('sse.error.anthropic', { afterFrames: 4, status }, () =>
      rejection(client({ maxRetries: 2 }).messages.stream(greeting).finalMessage()),
    )
    expect(value).toBeInstanceOf(Anthropic.APIError)
    expect((value as InstanceType<typeof Anthropic.APIError>).status).toBeUndefined()
    expect(value.message).toContain(type)
    expect(events.filter((event) => event.type === 'request.sent')).toHaveLength(1)
    expect(events.find((event) => event.type === 'response.end')).toMatchObject({
      class: 'failure',
      errorCode: type,
      model: null,
    })
  })

  it('sse.order: a second message_start is refused', async () => {
    const { value } = await under('sse.order', { form: 'second_start' }, () => rejection(finalMessage()))
    expect(value).toBeInstanceOf(Anthropic.AnthropicError)
    expect(value.message).toContain('Unexpected event order, got message_start before receiving "message_stop"')
  })

  it('sse.order: a delta before message_start is dropped without a word', async () => {
    const { value, deliveries } = await under('sse.order', { form: 'delta_first' }, finalMessage)
    expect(deliveries).toEqual([1])
    expect(value.content).toEqual([expect.objectContaining({ text: ' order has been shipped.' })])
  })

  it.each([
    ['sse.cut.chunked', { afterFrames: 4 }],
    ['sse.cut.reset', { afterFrames: 4 }],
    ['sse.cut.clean', { afterFrames: 4 }],
    ['sse.cut.close', { afterFrames: 4 }],
  ])('%s never gives a whole message', async (id, parameters) => {
    const { value, events, deliveries } = await under(id, parameters, () => rejection(finalMessage()))
    expect(value).toBeInstanceOf(Error)
    expect(deliveries).toEqual([1])
    const end = events.find((event) => event.type === 'response.end' || event.type === 'request.failed')
    expect(end && 'partial' in end ? end.partial : null).toMatchObject({ toolCalls: [] })
    expect(end && 'model' in end ? end.model : null).toBeNull()
  })

  it('cuts at the latest before the stop reason, wherever it is told to cut', async () => {
    const { value } = await under('sse.cut.clean', { afterFrames: 100_000 }, () => rejection(finalMessage()))
    expect(value).toBeInstanceOf(Anthropic.AnthropicError)
  })
})

describe('a stop reason of Anthropic that is no end of a turn', () => {
  it.each([
    ['stop.pause_turn', 'pause_turn'],
    ['stop.window', 'model_context_window_exceeded'],
  ])('%s, whole and streamed', async (id, reason) => {
    const whole = await under(id, {}, create)
    const pieces = await under(id, {}, finalMessage)
    expect([whole.value.stop_reason, pieces.value.stop_reason]).toEqual([reason, reason])
    expect([whole.deliveries, pieces.deliveries]).toEqual([[1], [1]])
    expect(pieces.value.content).toEqual([expect.objectContaining({ text: shipped.content })])
    const end = whole.events.find((event) => event.type === 'response.end')
    expect(end?.model?.finishReason).toBe(reason)
  })
})

describe('dialects', () => {
  it.each([
    ['seconds_59', '59'],
    ['word', 'soon'],
    ['zero', '0'],
  ])('share the forms of retry-after: %s', async (form, value) => {
    const { error } = await errorUnder('retry-after', { form })
    expect(error).toBeInstanceOf(Anthropic.RateLimitError)
    expect(error.headers?.get('retry-after')).toBe(value)
  })

  it('keep the errors of one provider from the endpoint of another', async () => {
    const both = [fault('anthropic.500', modelTarget), fault('openai.500', modelTarget)]
    const claude = await play({ upstreams: [anthropicMessages({ script: () => shipped })], faults: both }, () =>
      rejection(create()),
    )
    expect(claude.deliveries).toEqual([1, 0])
    const chat = await play({ upstreams: [openAiChat({ script: () => shipped })], faults: both }, () =>
      rejection(sdk().chat.completions.create(chatGreeting)),
    )
    expect(chat.deliveries).toEqual([0, 1])
  })

  it.each([
    ['finish.length', {}, 'max_tokens'],
    ['refusal', {}, 'refusal'],
  ])('put %s into their own words', async (id, parameters, stopReason) => {
    const whole = await under(id, parameters, create)
    const pieces = await under(id, parameters, finalMessage)
    expect(whole.value.stop_reason).toBe(stopReason)
    expect(pieces.value.stop_reason).toBe(stopReason)
  })
})
