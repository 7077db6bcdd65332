import Anthropic, { AuthenticationError, BadRequestError } from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { rejection } from '../_play.ts'
import { client, converse, greeting, post, tools } from './_client.ts'

const user = (content: unknown) => ({ role: 'user', content })
const assistant = (content: unknown) => ({ role: 'assistant', content })
const use = (id: string) => ({ type: 'tool_use', id, name: 'look_up_order', input: {} })
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'shipped' })
const text = { type: 'text', text: 'Well?' }

/** The service's answer to a body in which some fields are others. */
async function answerTo(fields: object) {
  const { value } = await converse({}, () => post({ ...greeting, ...fields }))
  return value
}

describe('who calls, and in which version', () => {
  it('must be said: a request without a key is answered 401', async () => {
    const keyless = client({
      fetch: (url, init) => {
        const headers = new Headers(init?.headers)
        headers.delete('x-api-key')
        // The environment may have added one.
        headers.delete('authorization')
        return fetch(url, { ...init, headers })
      },
    })
    const { value, events } = await converse({}, () => rejection(keyless.messages.create(greeting)))
    expect(value).toBeInstanceOf(AuthenticationError)
    expect(events.at(-1)).toMatchObject({ class: 'neutral', errorCode: 'authentication_error' })
    const { value: answer } = await converse({}, () => post(greeting, { 'x-api-key': '' }))
    expect(answer).toMatchObject({ status: 401, headers: { 'request-id': expect.stringMatching(/^req_/) } })
    expect(answer.body).toEqual({
      type: 'error',
      error: { type: 'authentication_error', message: 'x-api-key header is required' },
      request_id: answer.headers['request-id'],
    })
  })

  it('must be said: a request without a version is answered 400', async () => {
    const { value } = await converse({}, () => post(greeting, { 'anthropic-version': '' }))
    expect(value).toMatchObject({
      status: 400,
      body: { error: { type: 'invalid_request_error', message: 'anthropic-version: header is required' } },
    })
  })
})

describe('a malformed request', () => {
  it.each([
    ['no limit of tokens', { max_tokens: undefined }, 'max_tokens: Field required'],
    ['half a token', { max_tokens: 1.5 }, 'max_tokens: Input should be a valid integer'],
    ['less than no token', { max_tokens: -1 }, 'max_tokens: must be greater than or equal to 0'],
    ['no model', { model: undefined }, 'model: Field required'],
    ['a model that is a number', { model: 7 }, 'model: Input should be a valid string'],
    ['an empty model', { model: '' }, 'model: String should have at least 1 character'],
    ['a model and messages missing', { model: undefined, messages: undefined }, 'model: Field required'],
    ['no messages', { messages: undefined }, 'messages: Field required'],
    ['an empty conversation', { messages: [] }, 'messages: at least one message is required'],
    ['messages that are a text', { messages: 'hello' }, 'messages: Input should be a valid array'],
    ['a message that is a text', { messages: ['hello'] }, 'messages.0: Input should be an object'],
    ['no role', { messages: [{ content: 'hello' }] }, 'messages.0.role: Field required'],
    [
      'the role of another dialect',
      { messages: [user('hello'), { role: 'tool', content: 'x' }] },
      'messages: Unexpected role "tool". Allowed roles are "user" or "assistant"',
    ],
    ['no content', { messages: [{ role: 'user' }] }, 'messages.0.content: Field required'],
    ['content that is nothing', { messages: [user(null)] }, 'messages.0.content: Input should be a valid array'],
    ['a block that is a number', { messages: [user([7])] }, 'messages.0.content.0: Input should be an object'],
    ['a block without a type', { messages: [user([{}])] }, 'messages.0.content.0.type: Field required'],
    [
      'a text block without text',
      { messages: [user([{ type: 'text' }])] },
      'messages.0.content.0.text.text: Field required',
    ],
    [
      'the arguments of another dialect',
      { messages: [user('hello'), assistant([{ ...use('toolu_1'), input: '{}' }])] },
      'messages.1.content.0.tool_use.input: Input should be an object',
    ],
    [
      'a result without its call',
      { messages: [user([{ type: 'tool_result', content: 'x' }])] },
      'messages.0.content.0.tool_result.tool_use_id: Field required',
    ],
    ['a system prompt that is a number', { system: 7 }, 'system: Input should be a valid array'],
    ['tools that are nothing', { tools: null }, 'tools: Input should be a valid array'],
    ['a tool without a schema', { tools: [{ name: 'x' }] }, 'tools.0.custom.input_schema: Field required'],
    ['a stream that is a text', { stream: 'yes' }, 'stream: Input should be a valid boolean'],
    ['a stop sequence that is a number', { stop_sequences: [1] }, 'stop_sequences.0: Input should be a valid string'],
  ])('with %s is answered in the words of the service', async (_what, fields, message) => {
    const { status, headers, body } = await answerTo(fields)
    expect(status).toBe(400)
    expect(body).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message },
      request_id: headers['request-id'],
    })
  })

  it('that is no JSON is answered 400', async () => {
    const { value, events } = await converse({}, () => post('{"model": "claude'))
    expect(value).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error' } } })
    expect(events.at(-1)).toMatchObject({ class: 'neutral', errorCode: 'invalid_request_error', model: null })
  })

  it.each([
    ['tools that the service runs', { tools: [...tools, { type: 'web_search_20260318', name: 'web_search' }] }],
    ['no stop sequences', { stop_sequences: null }],
    ['fields of a beta', { context_management: { edits: [] }, metadata: { user_id: 'u' } }],
    ['an image', { messages: [user([{ type: 'image', source: { type: 'url', url: 'https://x.example/y.png' } }])] }],
    ['a system message within', { messages: [user('hello'), { role: 'system', content: 'Be brief.' }] }],
    ['an empty message before a full one', { messages: [user([]), user('hello')] }],
    ['an empty message after a full one', { messages: [user('hello'), user([])] }],
    [
      'an empty text that is long past',
      { messages: [user([{ type: 'text', text: '' }]), assistant('Hi.'), user('Hi.')] },
    ],
    ['the beginning of the answer', { messages: [user('hello'), assistant('I')] }],
  ])('is not one with %s', async (_what, fields) => {
    expect(await answerTo(fields)).toMatchObject({ status: 200 })
  })
})

describe('a conversation', () => {
  const systemElsewhere = '; the directive-only form (content: [] with output_config) is accepted at any position'
  const unanswered = (message: number, ids: string) =>
    `messages.${message}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`
  const orphan = (at: string, id: string) =>
    `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`
  const asked = [user('Where is it?'), assistant([text, use('toolu_1'), use('toolu_2')])]

  it.each([
    ['begins with the user', [assistant('Hi.'), user('Hi.')], 'messages: first message must use the "user" role'],
    ['has no empty turn of the user', [user([])], 'messages.0: user messages must have non-empty content'],
    [
      'has no empty text at its end',
      [user([{ type: 'text', text: '' }])],
      'messages: text content blocks must be non-empty',
    ],
    [
      'has its system prompt elsewhere',
      [{ role: 'system', content: 'You are a clerk.' }, user('Hi.')],
      `messages.0: use the top-level 'system' parameter for the initial system prompt${systemElsewhere}`,
    ],
    [
      'has system messages before the assistant only',
      [user('Hi.'), { role: 'system', content: 'Be brief.' }, user('Hi?')],
      `messages.1: role 'system' must precede an 'assistant' message or end the array${systemElsewhere}`,
    ],
    ['answers its calls', [...asked, user('Well?')], unanswered(1, 'toolu_1, toolu_2')],
    ['answers all of its calls', [...asked, user([result('toolu_2')])], unanswered(1, 'toolu_1')],
    [
      'answers its calls before anything else',
      [...asked, user([result('toolu_1'), text, result('toolu_2')])],
      unanswered(1, 'toolu_2'),
    ],
    ['does not end with a call', asked, unanswered(1, 'toolu_1, toolu_2')],
    [
      'answers calls only',
      [user('Hi.'), assistant('Hi.'), user([result('toolu_9')])],
      orphan('2.content.0', 'toolu_9'),
    ],
    [
      'answers calls of the turn before only',
      [...asked, user([result('toolu_1'), result('toolu_2')]), assistant('Shipped.'), user([text, result('toolu_1')])],
      orphan('4.content.1', 'toolu_1'),
    ],
    [
      'answers each call once',
      [...asked, user([result('toolu_1'), result('toolu_2'), result('toolu_1')])],
      'messages.2.content.2: each tool_use must have a single result. Found multiple `tool_result` blocks with id: toolu_1',
    ],
    [
      'names each call once',
      [
        user('Hi.'),
        assistant([use('toolu_1')]),
        user([result('toolu_1')]),
        assistant([use('toolu_1')]),
        user([result('toolu_1')]),
      ],
      'messages.3.content.0: `tool_use` ids must be unique',
    ],
  ])('%s', async (_what, messages, message) => {
    const { value } = await converse({}, () =>
      rejection(client().messages.create({ ...greeting, messages: messages as Anthropic.MessageParam[] })),
    )
    expect(value).toBeInstanceOf(BadRequestError)
    expect(value).toMatchObject({ status: 400, type: 'invalid_request_error', apiMessage: message })
  })

  it('may answer its calls in several messages, and say more after them', async () => {
    const messages = [...asked, user([result('toolu_1')]), user([result('toolu_2'), text])]
    expect(await answerTo({ messages })).toMatchObject({ status: 200 })
  })
})

describe('a request that is too large', () => {
  const overflowing = (fields: object, windowTokens: number) =>
    converse({ windowTokens }, () => rejection(client().messages.create({ ...greeting, ...fields })))

  it('for the window is told how much too large, at the very token', async () => {
    const { value } = await overflowing({ max_tokens: 1 }, 9)
    expect(value).toBeInstanceOf(BadRequestError)
    expect(value).toMatchObject({ apiMessage: 'prompt is too long: 10 tokens > 9 maximum' })
    const fits = await converse({ windowTokens: 11 }, () => client().messages.create({ ...greeting, max_tokens: 1 }))
    expect(fits.value.usage.input_tokens).toBe(10)
    const filled = await converse({ windowTokens: 10 }, () => client().messages.create({ ...greeting, max_tokens: 0 }))
    expect(filled.value.usage.input_tokens).toBe(10)
  })

  it('with what the reply may have is told both, and that the reply may have less', async () => {
    const { value } = await overflowing({ max_tokens: 2 }, 11)
    expect(value).toMatchObject({
      apiMessage:
        'input length and `max_tokens` exceed context limit: 10 + 2 > 11, decrease input length or `max_tokens` and try again',
    })
  })

  it('overflows at 200 000 tokens unless told otherwise, by its tools too', async () => {
    const long = { ...greeting, max_tokens: 1, tools: [{ ...tools[0], description: 'orders '.repeat(200_000) }] }
    const { value } = await converse({}, () => post(long))
    expect(value.status).toBe(400)
    expect(value.body.error.message).toMatch(/^prompt is too long: 200\d{3} tokens > 200000 maximum$/)
  })

  it('in bytes is answered 413', async () => {
    const long = { ...greeting, messages: [{ role: 'user' as const, content: 'é'.repeat(16 * 1024 * 1024) }] }
    const { value, events } = await converse({}, () => rejection(client().messages.create(long)))
    expect(value).toBeInstanceOf(Anthropic.APIError)
    expect(value).toMatchObject({
      status: 413,
      type: 'request_too_large',
      apiMessage: 'Request exceeds the maximum size',
    })
    expect(events.at(-1)).toMatchObject({ errorCode: 'request_too_large', class: 'neutral' })
  })
})

describe('the endpoint', () => {
  it('answers nothing but posts of messages', () => {
    const { matches } = anthropicMessages({ script: [] })
    expect(matches('POST', '/v1/messages')).toBe(true)
    expect(matches('POST', '/v1/messages?beta=true')).toBe(true)
    expect(matches('GET', '/v1/messages')).toBe(false)
    expect(matches('POST', '/v1/messages/count_tokens')).toBe(false)
  })
})
