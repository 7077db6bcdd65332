import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { ModelScript } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, sdk } from '../_play.ts'

const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'look_up_order',
      description: 'Looks an order up.',
      parameters: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
    },
  },
]

function complete(script: ModelScript, request: OpenAI.ChatCompletionCreateParamsNonStreaming = greeting) {
  return play({ upstreams: [openAiChat({ script })] }, () => sdk().chat.completions.create(request))
}

describe('a completion, read by the official client', () => {
  it('has every field that the client types', async () => {
    const { value } = await complete([{ content: 'Hello.' }])
    expect(value).toEqual({
      id: expect.stringMatching(/^chatcmpl-[A-Za-z0-9]{29}$/),
      object: 'chat.completion',
      created: Date.UTC(2026, 0, 1) / 1000,
      model: 'gpt-5',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello.', refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: expect.any(Number),
        completion_tokens: expect.any(Number),
        total_tokens: expect.any(Number),
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: 0,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
      service_tier: 'default',
      system_fingerprint: null,
    })
  })

  it('tells its request id, and another with each request', async () => {
    const { value } = await play({ upstreams: [openAiChat({ script: () => ({ content: 'Hello.' }) })] }, async () => {
      const client = sdk()
      const first = await client.chat.completions.create(greeting)
      const second = await client.chat.completions.create(greeting)
      return [first, second].map(({ _request_id: request, id }) => ({ request, id }))
    })
    for (const { request } of value) expect(request).toMatch(/^req_[0-9a-f]{32}$/)
    expect(new Set(value.flatMap(({ request, id }) => [request, id])).size).toBe(4)
  })

  it('is dated by virtual time', async () => {
    const upstreams = [openAiChat({ script: () => ({ content: 'Hello.' }), latencyMs: 2_500 })]
    const { value } = await play({ upstreams }, async () => {
      await sdk().chat.completions.create(greeting)
      return sdk().chat.completions.create(greeting)
    })
    expect(value.created).toBe(Date.UTC(2026, 0, 1) / 1000 + 5)
  })

  it('asks for several tools at once, each with an id of its own', async () => {
    const { value, events } = await complete(
      [
        {
          toolCalls: [
            { name: 'look_up_order', arguments: { orderId: 'A-1' } },
            { name: 'look_up_order', arguments: { orderId: 'A-2' } },
            { name: 'look_up_order', arguments: '{"orderId": "A-3', id: 'call_cut' },
          ],
        },
      ],
      { ...greeting, tools },
    )
    const [choice] = value.choices
    expect(choice?.finish_reason).toBe('tool_calls')
    expect(choice?.message.content).toBeNull()
    const id = expect.stringMatching(/^call_[A-Za-z0-9]{24}$/)
    expect(choice?.message.tool_calls).toEqual([
      { id, type: 'function', function: { name: 'look_up_order', arguments: '{"orderId":"A-1"}' } },
      { id, type: 'function', function: { name: 'look_up_order', arguments: '{"orderId":"A-2"}' } },
      { id: 'call_cut', type: 'function', function: { name: 'look_up_order', arguments: '{"orderId": "A-3' } },
    ])
    expect(new Set(choice?.message.tool_calls?.map((call) => call.id)).size).toBe(3)
    const end = events.find((event) => event.type === 'response.end')
    expect(end?.model?.toolCalls.map(({ arguments: args }) => args)).toEqual([
      '{"orderId":"A-1"}',
      '{"orderId":"A-2"}',
      '{"orderId": "A-3',
    ])
  })

  it('carries refusals and finish reasons as scripted', async () => {
    const refused = await complete([{ refusal: "I can't help with that." }])
    expect(refused.value.choices[0]?.message).toMatchObject({ content: null, refusal: "I can't help with that." })
    const cut = await complete([{ content: 'Once upon', finishReason: 'length' }])
    expect(cut.value.choices[0]?.finish_reason).toBe('length')
    const filtered = await complete([{ content: null, finishReason: 'content_filter' }])
    expect(filtered.value.choices[0]).toMatchObject({ finish_reason: 'content_filter', message: { content: null } })
  })
})

describe('usage', () => {
  const conversation: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: 'You are the support desk of a shop for sailing gear: knots, sails & charts ⛵.' },
    { role: 'user', content: [{ type: 'text', text: 'Where is order A-1?' }] },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'look_up_order', arguments: '{"orderId":"A-1"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '{"status":"shipped","carrier":"Grün & Söhne"}' },
  ]

  /** OpenAI's cookbook, "How to count tokens", written down once more. */
  function recount(request: OpenAI.ChatCompletionCreateParamsNonStreaming): number {
    const count = (text: string): number => encode(text).length
    const perMessage = request.messages.map((message) => {
      const { content } = message
      const text = Array.isArray(content)
        ? content.map((part) => ('text' in part ? part.text : '')).join('')
        : (content ?? '')
      const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
      const callTokens = calls.map((call) =>
        call.type === 'function' ? 3 + count(call.function.name) + count(call.function.arguments) : 0,
      )
      return 4 + count(text) + callTokens.reduce((sum, tokens) => sum + tokens, 0)
    })
    const forTools = request.tools === undefined ? 0 : count(JSON.stringify(request.tools))
    return 3 + perMessage.reduce((sum, tokens) => sum + tokens, 0) + forTools
  }

  it('counts the tokens of the request as a second count with the tokenizer does', async () => {
    for (const request of [greeting, { model: 'gpt-5', messages: conversation, tools }]) {
      const { value, events } = await complete([{ content: 'Your order has been shipped.' }], request)
      expect(value.usage?.prompt_tokens).toBe(recount(request))
      expect(value.usage?.completion_tokens).toBe(encode('Your order has been shipped.').length)
      expect(value.usage?.total_tokens).toBe(recount(request) + encode('Your order has been shipped.').length)
      const sent = events.find((event) => event.type === 'request.sent')
      expect(sent?.model?.inputTokens).toBe(recount(request))
    }
  })

  it('counts long texts with ends to their words as the tokenizer does', async () => {
    const content = JSON.stringify(Array.from({ length: 240 }, (_, index) => `order ${index} ⛵ ${'ab'.repeat(index)}`))
    const request = { model: 'gpt-5', messages: [{ role: 'user' as const, content }] }
    const { value } = await complete([{ content: 'Long.' }], request)
    expect(value.usage?.prompt_tokens).toBe(recount(request))
  })

  // The encoder takes the square of a word's length: none of these would come back within the day.
  it.each(['a', '⛵', ' ', '\u0301', '}'])(
    'counts a million of %j in good time, asked and answered',
    async (character) => {
      const content = character.repeat(1_000_000 / character.length)
      const limits = { requestsPerMinute: 10, tokensPerMinute: 10_000_000 }
      const upstreams = [openAiChat({ script: [{ content }], windowTokens: 10_000_000, limits })]
      const { value } = await play({ upstreams }, () =>
        sdk().chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content }] }),
      )
      const { prompt_tokens: prompt = 0, completion_tokens: completion = 0 } = value.usage ?? {}
      expect(prompt).toBeGreaterThan(content.length / 200)
      expect(completion).toBe(prompt - 7)
      expect(value.choices[0]?.message.content).toHaveLength(content.length)
    },
  )

  it('counts a word of many letters that never repeats itself in good time', async () => {
    const letters = Array.from({ length: 1_500_000 }, (_, index) =>
      String.fromCharCode(97 + ((index * index + (index >> 3)) % 26)),
    )
    const content = letters.join('')
    const upstreams = [openAiChat({ script: [{ content }], windowTokens: 10_000_000 })]
    const { value } = await play({ upstreams }, () => sdk().chat.completions.create(greeting))
    expect(value.usage?.completion_tokens).toBeGreaterThan(content.length / 20)
    expect(value.choices[0]?.message.content).toBe(content)
  })

  it('counts the tokens of tool calls', async () => {
    const { value } = await complete([{ toolCalls: [{ name: 'look_up_order', arguments: { orderId: 'A-1' } }] }])
    expect(value.usage?.completion_tokens).toBe(3 + encode('look_up_order').length + encode('{"orderId":"A-1"}').length)
  })
})

describe('determinism', () => {
  const script: ModelScript = ({ replies }) =>
    replies === 0 ? { toolCalls: [{ name: 'look_up_order', arguments: {} }] } : { content: 'Done.' }
  const twoCalls = (seed: string) =>
    play({ upstreams: [openAiChat({ script })], seed }, async () => {
      const answers = [
        await sdk().chat.completions.create(greeting).asResponse(),
        await sdk().chat.completions.create(greeting).asResponse(),
      ]
      return Promise.all(
        answers.map(async (answer) => ({ headers: Object.fromEntries(answer.headers), body: await answer.text() })),
      )
    })

  it('gives the same bytes, headers and trace for the same seed, and other identifiers for another', async () => {
    const [one, again, other] = [await twoCalls('a'), await twoCalls('a'), await twoCalls('b')]
    expect(again.value).toEqual(one.value)
    expect(again.hash).toBe(one.hash)
    expect(other.hash).not.toBe(one.hash)
    expect(other.value[0]?.body).not.toBe(one.value[0]?.body)
    expect(other.value[0]?.body.length).toBe(one.value[0]?.body.length)
  })
})
