import type OpenAI from 'openai'
import { APIError, AuthenticationError, BadRequestError, RateLimitError } from 'openai'
import { describe, expect, it } from 'vitest'
import { play, rejection, sdk } from '../_play.ts'
import { type ResponseRequest, hello, respond, scene } from './_responses.ts'

const greets = () => ({ content: 'Hello.' })
const headers = { authorization: 'Bearer sk-test', 'content-type': 'application/json' }

/** What a body is refused with, whatever the client would let through. */
async function refusalOf(body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { value } = await play(scene(greets), async () => {
    const answer = await fetch('https://api.openai.com/v1/responses', { method: 'POST', headers, body: text })
    return { status: answer.status, body: (await answer.json()) as { error: object } }
  })
  expect(value.status).toBe(400)
  expect(value.body.error).toHaveProperty('type', 'invalid_request_error')
  return value.body.error
}

describe('the context window', () => {
  const words = (count: number): ResponseRequest => ({ model: 'gpt-5', input: 'log '.repeat(count).trimEnd() })
  const exceeded = {
    message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
    type: 'invalid_request_error',
    param: 'input',
    code: 'context_length_exceeded',
  }

  it('refuses an input that exceeds it by one token, and takes one that fills it', async () => {
    // Three tokens to prime the reply, four for the message, one for each word.
    const { value } = await play(scene(greets, { windowTokens: 100 }), () =>
      rejection(sdk().responses.create(words(94))),
    )
    expect(value).toBeInstanceOf(BadRequestError)
    expect(value).toHaveProperty('error', exceeded)
    const filled = await respond(greets, words(93), { windowTokens: 100 })
    expect(filled.value.usage?.input_tokens).toBe(100)
  })

  it('counts what a request continues', async () => {
    const { value } = await play(scene(greets, { windowTokens: 100 }), async () => {
      const client = sdk()
      const first = await client.responses.create(words(80))
      return rejection(client.responses.create({ ...words(20), previous_response_id: first.id }))
    })
    expect(value).toHaveProperty('code', 'context_length_exceeded')
  })

  it('is told of in the stream, where one is wanted', async () => {
    const { value, events } = await play(scene(greets, { windowTokens: 100 }), async () => {
      const seen: string[] = []
      const events = await sdk().responses.create({ ...words(94), stream: true })
      const error = await rejection(
        (async () => {
          for await (const event of events) seen.push(event.type)
        })(),
      )
      return { seen, error }
    })
    expect(value.seen).toEqual(['response.created', 'response.in_progress'])
    expect(value.error).toBeInstanceOf(APIError)
    expect(value.error).toMatchObject({ status: undefined, error: exceeded })
    expect(events.at(-1)).toMatchObject({
      type: 'response.end',
      status: 200,
      class: 'failure',
      errorCode: 'context_length_exceeded',
      model: null,
      partial: null,
    })
  })
})

describe('an exhausted limit', () => {
  it('is answered 429 with the headers and words of the chat dialect', async () => {
    const limits = { requestsPerMinute: 1, tokensPerMinute: 6_000 }
    const { value } = await play(scene(greets, { limits, latencyMs: 0 }), async () => {
      const { headers: told } = await sdk().responses.create(hello).asResponse()
      return { told: Object.fromEntries(told), error: await rejection(sdk().responses.create(hello)) }
    })
    expect(value.told).toMatchObject({
      'x-ratelimit-limit-requests': '1',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-remaining-tokens': '5990',
      'openai-organization': 'org-shakedown',
    })
    expect(value.error).toBeInstanceOf(RateLimitError)
    expect(value.error).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'requests' })
    expect((value.error as RateLimitError).headers.get('retry-after-ms')).toBe('60000')
  })

  it('is waited for by the client', async () => {
    const limits = { requestsPerMinute: 2, tokensPerMinute: 6_000 }
    const { virtualMs } = await play(scene(greets, { limits, latencyMs: 0 }), async () => {
      const client = sdk({ maxRetries: 1 })
      for (let call = 0; call < 3; call++) await client.responses.create(hello)
    })
    expect(virtualMs).toBe(30_000)
  })
})

describe('a request that the service will not look at', () => {
  it('has no key', async () => {
    const { value } = await play(scene(greets), () =>
      rejection(sdk().responses.create(hello, { headers: { authorization: null } })),
    )
    expect(value).toBeInstanceOf(AuthenticationError)
    expect(value.message).toMatch(/^401 You didn't provide an API key\./)
  })

  it('is no JSON', async () => {
    expect(await refusalOf('{"model": "gpt-5", "input": [')).toMatchObject({
      message: 'We could not parse the JSON body of your request.',
      param: null,
    })
  })

  const user = (content: unknown) => ({ model: 'gpt-5', input: [{ role: 'user', content }] })
  const missing = (param: string) => ({
    message: `Missing required parameter: '${param}'.`,
    param,
    code: 'missing_required_parameter',
  })
  const type = (param: string, expected: string, got: string) => ({
    message: `Invalid type for '${param}': expected ${expected}, but got ${got} instead.`,
    param,
    code: 'invalid_type',
  })

  it.each<[string, unknown, object]>([
    ['has no model', { input: 'Hello.' }, missing('model')],
    ['has no input', { model: 'gpt-5' }, missing('input')],
    ['has null for its input', { model: 'gpt-5', input: null }, type('input', 'a string', 'an object')],
    ['has a number for an item', { model: 'gpt-5', input: [7] }, type('input[0]', 'an input item', 'an integer')],
    ['has a message without content', { model: 'gpt-5', input: [{ role: 'user' }] }, missing('input[0].content')],
    ['has a part without a text', user([{ type: 'input_text' }]), missing('input[0].content[0].text')],
    [
      'has null for the type of a message',
      { model: 'gpt-5', input: [{ type: null, role: 'user', content: 'Hello.' }] },
      type('input[0].type', 'a string', 'an object'),
    ],
    ['refers to nothing', { model: 'gpt-5', input: [{ type: 'item_reference' }] }, missing('input[0].id')],
    [
      'has a number for a content',
      { model: 'gpt-5', input: ['Hello.', 7].map((content) => ({ type: 'message', role: 'user', content })) },
      type('input[1].content', 'one of an array of objects or string', 'an integer'),
    ],
    [
      'has a message of nobody',
      { model: 'gpt-5', input: [{ role: 'robot', content: 'Hello.' }] },
      {
        message: "Invalid value: 'robot'. Supported values are: 'assistant', 'system', 'developer', and 'user'.",
        param: 'input[0]',
        code: 'invalid_value',
      },
    ],
    [
      'has a part of the chat dialect',
      user([{ type: 'text', text: 'Hello.' }]),
      {
        message:
          "Invalid value: 'text'. Supported values are: 'input_text', 'input_image', 'output_text', 'refusal', 'input_file', 'computer_screenshot', and 'summary_text'.",
        param: 'input[0].content[0].type',
        code: 'invalid_value',
      },
    ],
    [
      'has the assistant say what only others say',
      { model: 'gpt-5', input: [{ role: 'assistant', content: [{ type: 'input_text', text: 'Hello.' }] }] },
      {
        message: "Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.",
        param: 'input[0].content[0]',
        code: 'invalid_value',
      },
    ],
    [
      'has an output without its call',
      { model: 'gpt-5', input: [{ type: 'function_call_output', output: 'found' }] },
      missing('input[0].call_id'),
    ],
    [
      'has a tool of the chat dialect',
      { ...hello, tools: [{ type: 'function', function: { name: 'look_up' } }] },
      missing('tools[0].name'),
    ],
    [
      'has a text for a limit',
      { ...hello, max_output_tokens: '64' },
      type('max_output_tokens', 'an integer', 'a string'),
    ],
    [
      'wants fewer tokens than the service gives',
      { ...hello, max_output_tokens: 15 },
      {
        message:
          "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 15 instead.",
        param: 'max_output_tokens',
        code: 'integer_below_min_value',
      },
    ],
    [
      'has nothing to say',
      { model: 'gpt-5', input: [] },
      {
        message: `One of "input" or "previous_response_id" or 'prompt' or 'conversation' must be provided.`,
        param: null,
        code: 'missing_required_parameter',
      },
    ],
  ])('%s', async (_what, body, error) => {
    expect(await refusalOf(body)).toMatchObject(error)
  })

  it('is found behind a query as well, and nowhere else', async () => {
    const { value } = await play(scene(greets), () =>
      sdk({ defaultQuery: { 'api-version': '2026-01-01' } }).responses.create(hello),
    )
    expect(value.output_text).toBe('Hello.')
    const elsewhere = play(scene(greets), () => rejection(sdk().responses.retrieve('resp_1')))
    expect((await elsewhere).value).toBeInstanceOf(Error)
  })

  it('is not what the client types, and so has no view in the trace', async () => {
    const { events } = await play(scene(greets), () =>
      rejection(sdk().responses.create({ model: 'gpt-5' } as OpenAI.Responses.ResponseCreateParamsNonStreaming)),
    )
    expect(events[0]).toMatchObject({ type: 'request.sent', model: null })
    expect(events.at(-1)).toMatchObject({ class: 'neutral', errorCode: 'missing_required_parameter' })
  })
})
