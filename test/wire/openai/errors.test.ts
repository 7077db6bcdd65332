import type OpenAI from 'openai'
import { AuthenticationError, BadRequestError } from 'openai'
import { describe, expect, it } from 'vitest'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, rejection, sdk } from '../_play.ts'

const url = 'https://api.openai.com/v1/chat/completions'
const upstreams = (windowTokens = 128_000) => [openAiChat({ script: () => ({ content: 'Hello.' }), windowTokens })]

async function refusalOf(request: OpenAI.ChatCompletionCreateParams, windowTokens?: number): Promise<Error> {
  return (await play({ upstreams: upstreams(windowTokens) }, () => rejection(sdk().chat.completions.create(request))))
    .value
}

describe('the context window', () => {
  const words = (count: number) => ({
    model: 'gpt-5',
    messages: [{ role: 'user' as const, content: 'log '.repeat(count).trimEnd() }],
  })

  it('refuses a request that exceeds it by one token, in the exact words of the service', async () => {
    // Three tokens to prime the reply, four for the message, one for each word.
    const error = await refusalOf(words(94), 100)
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      param: 'messages',
      type: 'invalid_request_error',
      requestID: expect.stringMatching(/^req_/),
    })
    expect(error).toHaveProperty('error', {
      message:
        "This model's maximum context length is 100 tokens. However, your messages resulted in 101 tokens. Please reduce the length of the messages.",
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    })
  })

  it('takes a request that fills it exactly', async () => {
    const { value } = await play({ upstreams: upstreams(100) }, () => sdk().chat.completions.create(words(93)))
    expect(value.usage?.prompt_tokens).toBe(100)
  })

  it('holds the completion that was asked for as well', async () => {
    for (const completion of [{ max_tokens: 8 }, { max_completion_tokens: 8 }]) {
      const error = await refusalOf({ ...words(86), ...completion }, 100)
      expect(error).toHaveProperty('code', 'context_length_exceeded')
      expect(error.message).toBe(
        "400 This model's maximum context length is 100 tokens. However, you requested 101 tokens (93 in the messages, 8 in the completion). Please reduce the length of the messages or completion.",
      )
    }
  })
})

describe('the pairing of tool calls and results', () => {
  const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'look_up', arguments: '{}' } })
  const asks = (...ids: string[]) => ({ role: 'assistant' as const, content: null, tool_calls: ids.map(call) })
  const result = (id: string) => ({ role: 'tool' as const, tool_call_id: id, content: 'found' })
  const user = { role: 'user' as const, content: 'Where is it?' }
  const refusal = (...messages: OpenAI.ChatCompletionMessageParam[]) => refusalOf({ model: 'gpt-5', messages })

  const unanswered = (ids: string) =>
    `400 An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids}`

  it('is demanded for every call', async () => {
    const error = await refusal(user, asks('call_1', 'call_2', 'call_3'), result('call_2'))
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ status: 400, param: 'messages', type: 'invalid_request_error', code: null })
    expect(error.message).toBe(unanswered('call_1, call_3'))
  })

  it('is demanded before any other message', async () => {
    const error = await refusal(user, asks('call_1'), user, result('call_1'))
    expect(error.message).toBe(unanswered('call_1'))
  })

  it('is demanded of a tool message, too', async () => {
    const orphan =
      "400 Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
    expect((await refusal(user, result('call_1'))).message).toBe(orphan)
    expect((await refusal(user, asks('call_1'), result('call_1'), result('call_1'))).message).toBe(orphan)
  })

  it('is right in any order of the results', async () => {
    const messages = [
      user,
      asks('call_1', 'call_2'),
      result('call_2'),
      result('call_1'),
      asks('call_3'),
      result('call_3'),
    ]
    const { value } = await play({ upstreams: upstreams() }, () =>
      sdk().chat.completions.create({ model: 'gpt-5', messages }),
    )
    expect(value.choices[0]?.message.content).toBe('Hello.')
  })
})

describe('a request that the service will not look at', () => {
  it('without a key is answered 401, which the client calls an authentication error', async () => {
    const { value } = await play({ upstreams: upstreams() }, () =>
      rejection(sdk().chat.completions.create(greeting, { headers: { authorization: null } })),
    )
    expect(value).toBeInstanceOf(AuthenticationError)
    expect(value).toMatchObject({ status: 401, type: 'invalid_request_error', code: null })
    expect(value.message).toMatch(/^401 You didn't provide an API key\./)
  })

  it('with malformed JSON is answered 400', async () => {
    const { value } = await play({ upstreams: upstreams() }, async () => {
      const headers = { authorization: 'Bearer sk-test', 'content-type': 'application/json' }
      const answer = await fetch(url, { method: 'POST', headers, body: '{"model": "gpt-5", "messages": [' })
      return { status: answer.status, body: await answer.json() }
    })
    expect(value).toMatchObject({
      status: 400,
      body: {
        error: {
          message: expect.stringMatching(/^We could not parse the JSON body of your request/),
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      },
    })
  })

  it('is found behind a query as well', async () => {
    const { value } = await play({ upstreams: upstreams() }, () =>
      sdk({ defaultQuery: { 'api-version': '2026-01-01' } }).chat.completions.create(greeting),
    )
    expect(value.choices[0]?.message.content).toBe('Hello.')
  })
})
