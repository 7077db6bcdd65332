import * as fc from 'fast-check'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { type OpenAiChatOptions, openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, sdk } from '../_play.ts'

const orders: ScriptedReply = {
  toolCalls: [
    { name: 'look_up_order', arguments: { orderId: 'A-1' } },
    { name: 'look_up_order', arguments: { orderId: 'A-2' } },
  ],
}

type StreamRequest = Omit<OpenAI.ChatCompletionCreateParamsStreaming, 'stream'>

/** Every chunk with the virtual milliseconds at which it came. */
function chunksOf(reply: ScriptedReply, request: StreamRequest = greeting, options: Partial<OpenAiChatOptions> = {}) {
  const start = Date.UTC(2026, 0, 1)
  return play({ upstreams: [openAiChat({ script: () => reply, ...options })] }, async () => {
    const sentAt = Date.now() - start
    const stream = await sdk().chat.completions.create({ ...request, stream: true })
    const chunks: { afterMs: number; chunk: OpenAI.ChatCompletionChunk }[] = []
    for await (const chunk of stream) chunks.push({ afterMs: Date.now() - start - sentAt, chunk })
    return chunks
  })
}

describe('a stream, read by the official client', () => {
  it('is the role, the text token by token, and the finish reason', async () => {
    const { value } = await chatDeltas({ content: 'Your order has been shipped.' })
    expect(value).toEqual([
      { role: 'assistant', content: '', refusal: null },
      ...['Your', ' order', ' has', ' been', ' shipped', '.'].map((content) => ({ content })),
      {},
    ])
  })

  it('tells of a tool call first its id and name, then its arguments in pieces, by index', async () => {
    const { value } = await chatDeltas(orders)
    const id = expect.stringMatching(/^call_[A-Za-z0-9]{24}$/)
    const called = { name: 'look_up_order', arguments: '' }
    const pieces = (index: number, number: string) =>
      ['{"', 'order', 'Id', '":"', 'A', '-', number, '"}'].map((piece) => ({
        tool_calls: [{ index, function: { arguments: piece } }],
      }))
    expect(value).toEqual([
      { role: 'assistant', content: null, refusal: null },
      { tool_calls: [{ index: 0, id, type: 'function', function: called }] },
      ...pieces(0, '1'),
      { tool_calls: [{ index: 1, id, type: 'function', function: called }] },
      ...pieces(1, '2'),
      {},
    ])
  })

  it('has one identifier, one time and one model throughout, and the headers of the service', async () => {
    const { value, events } = await chunksOf(orders)
    const heads = value.map(({ chunk: { id, created, model, object } }) => ({ id, created, model, object }))
    expect(heads[0]).toEqual({
      id: expect.stringMatching(/^chatcmpl-[A-Za-z0-9]{29}$/),
      created: Date.UTC(2026, 0, 1) / 1000,
      model: 'gpt-5',
      object: 'chat.completion.chunk',
    })
    for (const head of heads) expect(head).toEqual(heads[0])
    expect(value.map(({ chunk }) => chunk.choices[0]?.finish_reason).filter(Boolean)).toEqual(['tool_calls'])
    expect(events.find((event) => event.type === 'response.head')?.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-request-id': expect.stringMatching(/^req_/),
    })
  })

  it('ends with a chunk of usage where that is asked for, which the others announce as null', async () => {
    const content = 'Hello, captain.'
    const { value } = await chunksOf({ content }, { ...greeting, stream_options: { include_usage: true } })
    const usages = value.map(({ chunk: { usage } }) => usage)
    const usage = { prompt_tokens: 10, completion_tokens: encode(content).length }
    expect(usages.pop()).toMatchObject(usage)
    expect(value.at(-1)?.chunk.choices).toEqual([])
    for (const other of usages) expect(other).toBeNull()
    const without = await chunksOf({ content })
    for (const { chunk } of without.value) expect(chunk).not.toHaveProperty('usage')
  })

  it('is padded, unless the request wants it bare', async () => {
    const padded = await chunksOf({ content: 'Hello.' })
    for (const { chunk } of padded.value) expect(chunk).toHaveProperty('obfuscation', expect.any(String))
    const bare = await chunksOf({ content: 'Hello.' }, { ...greeting, stream_options: { include_obfuscation: false } })
    for (const { chunk } of bare.value) expect(chunk).not.toHaveProperty('obfuscation')
  })

  it('begins with the headers and comes at 15 ms a token', async () => {
    const { value } = await chunksOf({ content: 'Hello, captain.' }, greeting, { latencyMs: 400 })
    expect(value.map(({ afterMs }) => afterMs - (value[0]?.afterMs ?? 0))).toEqual([0, 15, 30, 45, 60, 75])
  })

  it('comes at the pace it is given', async () => {
    const pace = { firstChunkMs: 200, perChunkMs: 100, tokensPerChunk: 3 }
    const { value } = await chunksOf({ content: 'Your order has been shipped.' }, greeting, { pace, latencyMs: 400 })
    const first = value[0]?.afterMs ?? 0
    expect(first).toBeGreaterThanOrEqual(600)
    expect(value.map(({ chunk, afterMs }) => [afterMs - first, chunk.choices[0]?.delta.content])).toEqual([
      [0, ''],
      [100, 'Your order has'],
      [200, ' been shipped.'],
      [300, undefined],
    ])
  })

  it('adds up, in the helper of the client, to what the same call without a stream answers', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<|endoftext|>', 'Größe ⛵ 日本語', '\ud83d'))
    const scripted = fc.record(
      {
        content: fc.option(text),
        toolCalls: fc.array(fc.record({ name: fc.constantFrom('look_up', 'refund'), arguments: fc.json() }), {
          minLength: 1,
          maxLength: 3,
        }),
      },
      { requiredKeys: ['content'] },
    )
    await fc.assert(
      fc.asyncProperty(scripted, fc.integer({ min: 1, max: 5 }), async (reply, tokensPerChunk) => {
        const upstreams = () => [openAiChat({ script: () => reply, pace: { tokensPerChunk } })]
        const whole = await play({ upstreams: upstreams() }, () => sdk().chat.completions.create(greeting))
        const streamed = await play({ upstreams: upstreams() }, () =>
          sdk().chat.completions.stream(greeting).finalChatCompletion(),
        )
        const said = ({ choices: [choice] }: OpenAI.ChatCompletion) => ({
          // The helper cannot tell an empty text from none.
          content: choice?.message.content === '' ? null : choice?.message.content,
          calls: choice?.message.tool_calls,
          finish: choice?.finish_reason,
        })
        // Half a surrogate pair is no character: bytes on a wire cannot carry it.
        const given = JSON.parse(JSON.stringify(said(whole.value))) as unknown
        expect(JSON.parse(JSON.stringify(said(streamed.value)))).toEqual(given)
      }),
      { numRuns: 60 },
    )
  })
})

async function chatDeltas(reply: ScriptedReply) {
  const played = await chunksOf(reply)
  return { ...played, value: played.value.map(({ chunk }) => chunk.choices[0]?.delta) }
}

describe('the trace of a stream', () => {
  it('tells of each piece as it is taken, and of the whole at the end', async () => {
    const { events } = await chunksOf({ content: 'Hello, captain.' })
    expect(events.map(({ type }) => type)).toEqual([
      'request.sent',
      'response.head',
      ...Array.from({ length: 7 }, () => 'response.chunk'),
      'response.end',
    ])
    expect(events.flatMap((event) => (event.type === 'response.chunk' ? [event.chunk] : []))).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ])
    const end = events.at(-1)
    expect(end).toMatchObject({
      class: 'success',
      model: { content: 'Hello, captain.', finishReason: 'stop', toolCalls: [] },
      partial: null,
      errorCode: null,
      body: expect.stringMatching(/^data: \{"id":[^]+\n\ndata: \[DONE\]\n\n$/),
    })
    const bytes = events.flatMap((event) => (event.type === 'response.chunk' ? [event.bytes] : []))
    const body = end?.type === 'response.end' ? end.body : ''
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBe(Buffer.byteLength(body))
  })

  it('is the same for the same seed', async () => {
    const [one, again] = [await chunksOf(orders), await chunksOf(orders)]
    expect(again.hash).toBe(one.hash)
    expect(again.value).toEqual(one.value)
  })
})
