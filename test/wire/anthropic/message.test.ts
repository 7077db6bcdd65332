import type Anthropic from '@anthropic-ai/sdk'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import type { ModelScript, ModelTurn } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play, sdk } from '../_play.ts'
import { client, converse, greeting, post, tools } from './_client.ts'

const create = (script: ModelScript, request: Anthropic.MessageCreateParamsNonStreaming = greeting) =>
  converse({ script }, () => client().messages.create(request))

const orders: ModelScript = [
  {
    content: 'One moment.',
    toolCalls: [
      { name: 'look_up_order', arguments: { orderId: 'A-1' } },
      { name: 'look_up_order', arguments: '{"orderId": "A-2"}', id: 'toolu_own' },
    ],
  },
  { content: 'Both have been shipped.' },
]

describe('a message, read by the official client', () => {
  it('has every field that the client types', async () => {
    const { value } = await create([{ content: 'Hello.' }])
    expect(value).toEqual({
      model: 'claude-opus-5',
      id: expect.stringMatching(/^msg_01[A-Za-z0-9]{22}$/),
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hello.' }],
      container: null,
      stop_reason: 'end_turn',
      stop_sequence: null,
      stop_details: null,
      usage: {
        input_tokens: 3 + 4 + encode('Good morning.').length,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
        output_tokens: encode('Hello.').length,
        output_tokens_details: { thinking_tokens: 0 },
        server_tool_use: null,
        service_tier: 'standard',
        inference_geo: 'not_available',
        speed: 'standard',
      },
      diagnostics: null,
    })
    expect(value._request_id).toMatch(/^req_011C[A-Za-z0-9]{20}$/)
  })

  it('asks for tools after its text, each with an id of its own', async () => {
    const { value, events } = await create(orders, { ...greeting, tools })
    const direct = { caller: { type: 'direct' }, type: 'tool_use', name: 'look_up_order' }
    expect(value.stop_reason).toBe('tool_use')
    expect(value.content).toEqual([
      { type: 'text', text: 'One moment.' },
      { ...direct, id: expect.stringMatching(/^toolu_01[A-Za-z0-9]{22}$/), input: { orderId: 'A-1' } },
      { ...direct, id: 'toolu_own', input: { orderId: 'A-2' } },
    ])
    expect(events.at(-1)).toMatchObject({
      type: 'response.end',
      class: 'success',
      errorCode: null,
      model: {
        content: 'One moment.',
        finishReason: 'tool_use',
        toolCalls: [{ arguments: '{"orderId":"A-1"}' }, { id: 'toolu_own', arguments: '{"orderId":"A-2"}' }],
      },
    })
  })

  it('tells of arguments that are no JSON object by the text that the model wrote', async () => {
    const calls = ['{"orderId": "A-3', "{'orderId': 1}", 'null', '[1]', ''].map((text) => ({
      name: 'look_up_order',
      arguments: text,
    }))
    const { value, events } = await create([{ toolCalls: calls, finishReason: 'length' }])
    const inputs = value.content.map((block) => block.type === 'tool_use' && block.input)
    expect(inputs).toEqual(['{"orderId": "A-3', "{'orderId': 1}", 'null', '[1]', {}])
    expect(value.stop_reason).toBe('max_tokens')
    const end = events.find((event) => event.type === 'response.end')
    expect(end?.model?.toolCalls.map((call) => call.arguments)).toEqual([
      '{"orderId": "A-3',
      "{'orderId': 1}",
      'null',
      '[1]',
      '{}',
    ])
  })

  it.each([
    [{ content: 'Once upon', finishReason: 'length' }, 'max_tokens', null],
    [
      { content: 'Part', finishReason: 'content_filter' },
      'refusal',
      { type: 'refusal', category: null, explanation: null },
    ],
    [{ content: '' }, 'end_turn', null],
  ] as const)('ends as scripted: %j', async (reply, stopReason, details) => {
    const { value } = await create([reply])
    expect(value).toMatchObject({ stop_reason: stopReason, stop_details: details })
    expect(value.content).toEqual(reply.content === '' ? [] : [{ type: 'text', text: reply.content }])
  })

  it('refuses with an empty content and HTTP 200', async () => {
    const { value, events } = await create([{ refusal: 'This could enable cyber harm.' }])
    expect(value.content).toEqual([])
    expect(value.stop_reason).toBe('refusal')
    expect(value.stop_details).toEqual({
      type: 'refusal',
      category: null,
      explanation: 'This could enable cyber harm.',
    })
    expect(events.at(-1)).toMatchObject({
      status: 200,
      class: 'success',
      model: { content: null, finishReason: 'refusal', toolCalls: [] },
    })
  })

  it('ends before the first stop sequence that its text contains', async () => {
    const request = { ...greeting, stop_sequences: ['never', 'three', 'two'] }
    const { value } = await create([{ content: 'one two three', toolCalls: [{ name: 'x', arguments: {} }] }], request)
    expect(value).toMatchObject({
      content: [{ type: 'text', text: 'one ' }],
      stop_reason: 'stop_sequence',
      stop_sequence: 'two',
    })
  })

  it('says nothing, and takes no reply of the script, where it may have no token', async () => {
    const { value } = await converse({ script: [{ content: 'Hello.' }] }, async () => {
      const warm = await client().messages.create({ ...greeting, max_tokens: 0 })
      return [warm, await client().messages.create(greeting)]
    })
    expect(value[0]).toMatchObject({ content: [], stop_reason: 'max_tokens', usage: { output_tokens: 0 } })
    expect(value[1]?.content).toEqual([{ type: 'text', text: 'Hello.' }])
  })

  it('is answered on a path with a query, and with a bearer token', async () => {
    const { value } = await converse({}, () => post(greeting, { 'x-api-key': '', authorization: 'Bearer token' }))
    expect(value.status).toBe(200)
  })
})

describe('a tool loop', () => {
  it('is told to the trace and to the script in the words of every dialect', async () => {
    const turns: ModelTurn[] = []
    const script: ModelScript = (turn) => {
      turns.push(turn)
      return turn.messages.some(({ role }) => role === 'tool')
        ? { content: 'Shipped.' }
        : { toolCalls: [{ name: 'look_up_order', arguments: { orderId: 'A-1' }, id: 'toolu_1' }] }
    }
    const system = [
      { type: 'text' as const, text: 'You are ' },
      { type: 'text' as const, text: 'a clerk.' },
    ]
    const { value, events } = await converse({ script }, async () => {
      const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Where is A-1?' }]
      const asked = await client().messages.create({ ...greeting, system, tools, messages })
      messages.push(
        { role: 'assistant', content: asked.content },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'shipped' }] },
            { type: 'text', text: 'Well?' },
          ],
        },
      )
      return client().messages.create({ ...greeting, system, tools, messages })
    })
    expect(value.content).toEqual([{ type: 'text', text: 'Shipped.' }])
    const plain = { toolCalls: [], toolCallId: null }
    const call = { id: 'toolu_1', name: 'look_up_order', arguments: '{"orderId":"A-1"}' }
    expect(turns[1]).toMatchObject({
      offeredTools: ['look_up_order'],
      replies: 1,
      messages: [
        { role: 'system', text: 'You are a clerk.', ...plain },
        { role: 'user', text: 'Where is A-1?', ...plain },
        { role: 'assistant', text: '', toolCalls: [call], toolCallId: null },
        { role: 'tool', text: 'shipped', toolCalls: [], toolCallId: 'toolu_1' },
        { role: 'user', text: 'Well?', ...plain },
      ],
    })
    const sent = events.filter((event) => event.type === 'request.sent')
    expect(sent[1]?.model).toMatchObject({
      model: 'claude-opus-5',
      offeredTools: ['look_up_order'],
      toolCalls: [call],
      toolResults: [{ callId: 'toolu_1', content: 'shipped' }],
      maxOutputTokens: 1_024,
      messages: 3,
      stream: false,
    })
    expect(sent[1]?.model?.inputTokens).toBe(value.usage.input_tokens)
  })

  it('tells the script of results alone without an empty message of the user', async () => {
    let turn: ModelTurn | undefined
    const script: ModelScript = (given) => {
      turn = given
      return { content: 'Shipped.' }
    }
    const call = { type: 'tool_use' as const, id: 'toolu_1', name: 'look_up_order', input: {} }
    await converse({ script }, () =>
      client().messages.create({
        ...greeting,
        messages: [
          ...greeting.messages,
          { role: 'assistant', content: [call] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1' }] },
        ],
      }),
    )
    expect(turn?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool'])
  })

  it('runs on the script that OpenAI chat runs on', async () => {
    const script: ModelScript = ({ messages }) => {
      const result = messages.find(({ role }) => role === 'tool')
      return result === undefined
        ? { toolCalls: [{ name: 'look_up_order', arguments: { orderId: 'A-1' } }] }
        : { content: `It is ${result.text}.` }
    }
    const claude = await converse({ script }, async () => {
      const asked = await client().messages.create({ ...greeting, tools })
      const [call] = asked.content
      const id = call?.type === 'tool_use' ? call.id : ''
      const answered = await client().messages.create({
        ...greeting,
        messages: [
          ...greeting.messages,
          { role: 'assistant', content: asked.content },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'shipped' }] },
        ],
      })
      return answered.content
    })
    const gpt = await play({ upstreams: [openAiChat({ script })] }, async () => {
      const messages = [{ role: 'user' as const, content: 'Good morning.' }]
      const asked = await sdk().chat.completions.create({ model: 'gpt-5', messages })
      const message = asked.choices[0]?.message
      const id = message?.tool_calls?.[0]?.id ?? ''
      const answered = await sdk().chat.completions.create({
        model: 'gpt-5',
        messages: [...messages, message!, { role: 'tool', tool_call_id: id, content: 'shipped' }],
      })
      return answered.choices[0]?.message.content
    })
    expect(claude.value).toEqual([{ type: 'text', text: gpt.value }])
    expect(gpt.value).toBe('It is shipped.')
  })
})

describe('the tokens of a request', () => {
  const count = (text: string): number => encode(text).length
  const counted = async (messages: Anthropic.MessageParam[], rest: Partial<typeof greeting> = {}) => {
    const { value } = await create([{ content: 'Hello.' }], { ...greeting, ...rest, messages })
    return value.usage.input_tokens
  }

  it('are those of its texts, calls and results, with the overhead of each message', async () => {
    const input = { orderId: 'A-1' }
    const messages: Anthropic.MessageParam[] = [
      { role: 'user', content: 'Where is it?' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look_up_order', input }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'It was shipped.' }] },
        ],
      },
    ]
    const call = 3 + count('look_up_order') + count(JSON.stringify(input))
    const overhead = 3 + 4 * messages.length
    expect(await counted(messages)).toBe(overhead + count('Where is it?') + call + 3 + count('It was shipped.'))
  })

  it('are 1 600 for an image and for a document that is no text', async () => {
    const source = { type: 'base64' as const, data: 'QUJD' }
    const image = { type: 'image' as const, source: { ...source, media_type: 'image/png' as const } }
    const pdf = { type: 'document' as const, source: { ...source, media_type: 'application/pdf' as const } }
    const plain = { type: 'text' as const, media_type: 'text/plain' as const, data: 'The manual.' }
    expect(await counted([{ role: 'user', content: [image, pdf, { type: 'document', source: plain }] }])).toBe(
      3 + 4 + 2 * 1_600 + count('The manual.'),
    )
  })
})

describe('determinism', () => {
  const twoCalls = (seed: string) =>
    converse({ script: orders }, async () => [await post(greeting), await post(greeting)], seed)

  it('gives the same bytes, headers and trace for the same seed, and other identifiers for another', async () => {
    const [one, again, other] = [await twoCalls('a'), await twoCalls('a'), await twoCalls('b')]
    expect(again.value).toEqual(one.value)
    expect(again.hash).toBe(one.hash)
    expect(other.hash).not.toBe(one.hash)
    const ids = [...one.value, ...other.value].flatMap(({ headers, body }) => [headers['request-id'], body.id])
    expect(new Set(ids).size).toBe(8)
  })
})
