import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { greeting, play, sdk } from '../_play.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { hello, lookUp, respond, scene, tools } from './_responses.ts'

const second = Date.UTC(2026, 0, 1) / 1000

describe('a response, read by the official client', () => {
  it('has every field that the client types', async () => {
    const { value } = await respond([{ content: 'Hello.' }])
    expect(value).toEqual({
      id: expect.stringMatching(/^resp_[0-9a-f]{50}$/),
      object: 'response',
      created_at: second,
      status: 'completed',
      access_programs: null,
      background: false,
      completed_at: second,
      error: null,
      frequency_penalty: 0,
      incomplete_details: null,
      instructions: null,
      max_output_tokens: null,
      max_tool_calls: null,
      model: 'gpt-5',
      output: [
        {
          id: expect.stringMatching(/^msg_[0-9a-f]{50}$/),
          type: 'message',
          status: 'completed',
          content: [{ type: 'output_text', annotations: [], logprobs: [], text: 'Hello.' }],
          role: 'assistant',
        },
      ],
      // Added by the client.
      output_text: 'Hello.',
      parallel_tool_calls: true,
      presence_penalty: 0,
      previous_response_id: null,
      prompt_cache_key: null,
      prompt_cache_retention: null,
      reasoning: { effort: null, summary: null },
      safety_identifier: null,
      service_tier: 'default',
      store: true,
      temperature: 1,
      text: { format: { type: 'text' }, verbosity: 'medium' },
      tool_choice: 'auto',
      tools: [],
      top_logprobs: 0,
      top_p: 1,
      truncation: 'disabled',
      usage: {
        input_tokens: 10,
        input_tokens_details: { cache_write_tokens: 0, cached_tokens: 0 },
        output_tokens: encode('Hello.').length,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 10 + encode('Hello.').length,
      },
      user: null,
      metadata: {},
    })
  })

  it('repeats what the request says', async () => {
    const said = {
      instructions: 'Be brief.',
      temperature: 0.2,
      max_output_tokens: 64,
      reasoning: { effort: 'low' as const },
      metadata: { desk: 'support' },
      tools,
    }
    const { value } = await respond([{ content: 'Hello.' }], { ...hello, ...said })
    expect(value).toMatchObject(said)
    expect(value.reasoning).toEqual({ effort: 'low', summary: null })
  })

  it('tells its request id, and other identifiers with each request', async () => {
    const { value } = await play(
      scene(() => ({ content: 'Hello.' })),
      async () => {
        const client = sdk()
        return [await client.responses.create(hello), await client.responses.create(hello)]
      },
    )
    for (const { _request_id: request } of value) expect(request).toMatch(/^req_[0-9a-f]{32}$/)
    expect(new Set(value.flatMap(({ _request_id: request, id, output }) => [request, id, output[0]?.id])).size).toBe(6)
  })

  it('is dated by virtual time', async () => {
    const { value } = await play(
      scene(() => ({ content: 'Hello.' }), { latencyMs: 2_500 }),
      async () => {
        await sdk().responses.create(hello)
        return sdk().responses.create(hello)
      },
    )
    expect(value.created_at).toBe(second + 5)
  })

  it('puts out a text and several calls, each an item with an id of its own', async () => {
    const { value, events } = await respond([
      {
        content: 'One moment.',
        toolCalls: [
          { name: 'look_up_order', arguments: { orderId: 'A-1' } },
          { name: 'look_up_order', arguments: '{"orderId": "A-2', id: 'call_cut' },
        ],
      },
    ])
    const id = expect.stringMatching(/^fc_[0-9a-f]{50}$/)
    const call = { id, type: 'function_call', status: 'completed', name: 'look_up_order' }
    expect(value.output).toMatchObject([
      { type: 'message', content: [{ text: 'One moment.' }] },
      { ...call, arguments: '{"orderId":"A-1"}', call_id: expect.stringMatching(/^call_[A-Za-z0-9]{24}$/) },
      { ...call, arguments: '{"orderId": "A-2', call_id: 'call_cut' },
    ])
    expect(new Set(value.output.map((item) => item.id)).size).toBe(3)
    expect(events.find((event) => event.type === 'response.end')).toMatchObject({
      class: 'success',
      model: {
        content: 'One moment.',
        finishReason: 'tool_calls',
        toolCalls: [{ arguments: '{"orderId":"A-1"}' }, { id: 'call_cut', arguments: '{"orderId": "A-2' }],
      },
    })
  })

  it('carries a refusal as a part of its own', async () => {
    const { value, events } = await respond([{ refusal: "I can't help with that." }])
    expect(value.status).toBe('completed')
    expect(value.output).toMatchObject([{ content: [{ type: 'refusal', refusal: "I can't help with that." }] }])
    expect(events.at(-1)).toMatchObject({ model: { content: null, finishReason: 'stop', toolCalls: [] } })
  })

  it.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ] as const)('is incomplete where the reply ends for %s', async (finishReason, reason) => {
    const { value, events } = await respond([{ content: 'Once upon', finishReason }])
    expect(value).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason },
      completed_at: null,
      output: [{ status: 'incomplete', content: [{ text: 'Once upon' }] }],
    })
    expect(events.at(-1)).toMatchObject({ class: 'success', model: { content: 'Once upon', finishReason } })
  })

  it('is cut short in its last item alone', async () => {
    const call = { name: 'look_up_order', arguments: '{"orderId":' }
    const { value } = await respond([{ content: 'One moment.', toolCalls: [call, call], finishReason: 'length' }])
    expect(value.output.map((item) => 'status' in item && item.status)).toEqual([
      'completed',
      'completed',
      'incomplete',
    ])
  })

  it('puts out nothing where a filter left nothing', async () => {
    const { value, events } = await respond([{ content: null, finishReason: 'content_filter' }])
    expect(value.output).toEqual([])
    expect(events.at(-1)).toMatchObject({ model: { content: null, finishReason: 'content_filter' } })
  })
})

describe('the size of a request', () => {
  it('is that of the same conversation in the chat dialect', async () => {
    const chat = await play({ upstreams: [openAiChat({ script: lookUp })] }, () =>
      sdk().chat.completions.create({
        ...greeting,
        messages: [
          { role: 'system', content: 'Be brief.' },
          ...greeting.messages,
          {
            role: 'assistant',
            content: 'One moment.',
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'look_up_order', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'c', content: 'on its way' },
        ],
      }),
    )
    const { value, events } = await respond(lookUp, {
      model: 'gpt-5',
      instructions: 'Be brief.',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Good morning.' }] },
        { role: 'assistant', content: 'One moment.' },
        { type: 'function_call', call_id: 'c', name: 'look_up_order', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: 'on its way' },
      ],
    })
    expect(value.usage?.input_tokens).toBe(chat.value.usage?.prompt_tokens)
    expect(value.output_text).toBe('The order is on its way.')
    expect(chat.value.choices[0]?.message.content).toBe(value.output_text)
    expect(events[0]).toMatchObject({ type: 'request.sent', model: { ...sentModel(chat.events[0]), offeredTools: [] } })
  })

  it('grows with its tools', async () => {
    const bare = await respond([{ content: 'Hello.' }])
    const equipped = await respond([{ content: 'Hello.' }], { ...hello, tools })
    const more = encode(JSON.stringify(tools)).length
    expect(equipped.value.usage?.input_tokens).toBe((bare.value.usage?.input_tokens ?? 0) + more)
    expect(equipped.events[0]).toMatchObject({ model: { offeredTools: ['look_up_order'] } })
  })

  it('offers functions to the script, and no other tools', async () => {
    const { value } = await respond(({ offeredTools }) => ({ content: offeredTools.join() }), {
      ...hello,
      tools: [{ type: 'web_search' }, ...tools, { type: 'custom', name: 'shell' }],
    })
    expect(value.output_text).toBe('look_up_order')
  })
})

function sentModel(event: object | undefined): object {
  return event !== undefined && 'model' in event ? (event.model as object) : {}
}

describe('determinism', () => {
  const twoCalls = (seed: string) =>
    play(scene(lookUp, { seed }), async () => {
      const client = sdk()
      const whole = await client.responses.create(hello).asResponse()
      const streamed = await client.responses.create({ ...hello, stream: true }).asResponse()
      return Promise.all(
        [whole, streamed].map(async (answer) => ({
          headers: Object.fromEntries(answer.headers),
          body: await answer.text(),
        })),
      )
    })

  it('gives the same bytes, headers and trace for the same seed, and other identifiers for another', async () => {
    const [one, again, other] = [await twoCalls('a'), await twoCalls('a'), await twoCalls('b')]
    expect(again.value).toEqual(one.value)
    expect(again.hash).toBe(one.hash)
    expect(other.hash).not.toBe(one.hash)
    for (const [index, { body }] of other.value.entries()) {
      expect(body).not.toBe(one.value[index]?.body)
      expect(body.length).toBe(one.value[index]?.body.length)
    }
  })
})
