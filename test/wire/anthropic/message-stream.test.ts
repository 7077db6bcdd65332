import type Anthropic from '@anthropic-ai/sdk'
import { AnthropicError, APIUserAbortError } from '@anthropic-ai/sdk'
import * as fc from 'fast-check'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { type AnthropicMessagesOptions, anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { bodyText } from '../../../src/wire/reply.ts'
import { client, converse, greeting, post } from './_client.ts'
import { soundReplies } from './_replies.ts'

const epoch = Date.UTC(2026, 0, 1)
const shipped: ScriptedReply = { content: 'Your order has been shipped.' }
const refund: ScriptedReply = { toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1' } }] }

/** Every event that the client hands out, with the virtual milliseconds at which it came after the first. */
function eventsOf(reply: ScriptedReply, options: Partial<AnthropicMessagesOptions> = {}) {
  return converse({ script: () => reply, ...options }, async () => {
    const stream = await client().messages.create({ ...greeting, stream: true })
    const events: { at: number; event: Anthropic.RawMessageStreamEvent }[] = []
    for await (const event of stream) events.push({ at: Date.now() - epoch, event })
    return events
  })
}

const frames = (reply: ScriptedReply) =>
  converse({ script: () => reply }, async () => {
    const response = await client()
      .messages.create({ ...greeting, stream: true })
      .asResponse()
    return { type: response.headers.get('content-type'), text: await response.text() }
  })

describe('a stream', () => {
  it('is a start, the text token by token, and an end, each event under its name', async () => {
    const { value } = await frames({ content: 'Hello, captain.' })
    expect(value.type).toBe('text/event-stream; charset=utf-8')
    const all = value.text.split('\n\n').slice(0, -1)
    expect(all.map((frame) => /^event: (\w+)\ndata: \{.*\}$/.exec(frame)?.[1])).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      ...encode('Hello, captain.').map(() => 'content_block_delta'),
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
    expect(all[1]).toContain('{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}')
    expect(all[2]).toBe('event: ping\ndata: {"type": "ping"}')
    expect(all[3]).toContain('{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}')
    expect(all.at(-1)).toBe('event: message_stop\ndata: {"type":"message_stop"}')
  })

  it('starts with an empty message, and tells of its end and its cost at the end', async () => {
    const { value } = await eventsOf(shipped)
    const [start] = value
    expect(start?.event).toMatchObject({
      type: 'message_start',
      message: {
        id: expect.stringMatching(/^msg_01/),
        role: 'assistant',
        content: [],
        stop_reason: null,
        stop_details: null,
        usage: { input_tokens: 10, output_tokens: 1 },
      },
    })
    expect(value.at(-2)?.event).toEqual({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null },
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: encode(shipped.content ?? '').length,
        output_tokens_details: { thinking_tokens: 0 },
        server_tool_use: null,
      },
    })
  })

  it('tells of a tool call first its id and name, then its arguments in pieces', async () => {
    const { value } = await eventsOf({ ...shipped, ...refund })
    const ofTool = value.flatMap(({ event }) => ('index' in event && event.index === 1 ? [event] : []))
    expect(ofTool[0]).toEqual({
      type: 'content_block_start',
      index: 1,
      content_block: {
        type: 'tool_use',
        id: expect.stringMatching(/^toolu_01/),
        name: 'refund',
        input: {},
        caller: { type: 'direct' },
      },
    })
    const pieces = ofTool.flatMap((event) =>
      event.type === 'content_block_delta' && event.delta.type === 'input_json_delta' ? [event.delta.partial_json] : [],
    )
    expect(pieces).toEqual(['', '{"', 'order', 'Id', '":"', 'A', '-', '1', '"}'])
    expect(ofTool.at(-1)?.type).toBe('content_block_stop')
  })

  it('refuses without a block, and with its reason at the end', async () => {
    const { value } = await eventsOf({ refusal: 'No.' })
    expect(value.map(({ event }) => event.type)).toEqual(['message_start', 'message_delta', 'message_stop'])
    expect(value[1]?.event).toMatchObject({
      delta: { stop_reason: 'refusal', stop_details: { type: 'refusal', category: null, explanation: 'No.' } },
    })
  })

  it('comes at the pace it is given', async () => {
    const pace = { firstChunkMs: 200, perChunkMs: 100, tokensPerChunk: 3 }
    const { value } = await eventsOf({ ...shipped, ...refund }, { pace, latencyMs: 400 })
    const first = value[0]?.at ?? 0
    expect(first).toBeGreaterThanOrEqual(600)
    const words = value.flatMap(({ at, event }) => {
      if (event.type !== 'content_block_delta') return [[at - first, event.type]]
      const { delta } = event
      return [
        [
          at - first,
          delta.type === 'text_delta' ? delta.text : delta.type === 'input_json_delta' ? delta.partial_json : '',
        ],
      ]
    })
    expect(words).toEqual([
      [0, 'message_start'],
      [0, 'content_block_start'],
      [100, 'Your order has'],
      [200, ' been shipped.'],
      [200, 'content_block_stop'],
      [300, 'content_block_start'],
      [300, ''],
      [400, '{"orderId'],
      [500, '":"A-'],
      [600, '1"}'],
      [600, 'content_block_stop'],
      [700, 'message_delta'],
      [700, 'message_stop'],
    ])
  })

  it('is the same bytes for the same seed', async () => {
    const [one, again] = [await frames(refund), await frames(refund)]
    expect(again.value).toEqual(one.value)
    expect(again.hash).toBe(one.hash)
  })
})

describe('the helper of the client', () => {
  it('tells of text, tool input and the message', async () => {
    const { value, events } = await converse({ script: () => ({ ...shipped, ...refund }) }, async () => {
      const seen: unknown[] = []
      const stream = client().messages.stream(greeting)
      stream.on('text', (text) => seen.push(text))
      stream.on('inputJson', (piece) => seen.push(piece))
      stream.on('contentBlock', ({ type }) => seen.push(type))
      const message = await stream.finalMessage()
      return { seen, text: await stream.finalText(), input: message.content.at(-1) }
    })
    expect(value.seen.slice(0, 8)).toEqual(['Your', ' order', ' has', ' been', ' shipped', '.', 'text', ''])
    expect(value.seen.at(-1)).toBe('tool_use')
    expect(value.text).toBe('Your order has been shipped.')
    expect(value.input).toMatchObject({ name: 'refund', input: { orderId: 'A-1' } })
    expect(events.at(-1)).toMatchObject({
      type: 'response.end',
      class: 'success',
      model: { content: shipped.content, finishReason: 'tool_use', toolCalls: [{ arguments: '{"orderId":"A-1"}' }] },
    })
  })

  it('hangs up where it is aborted, and the trace tells what had come', async () => {
    const { value, events } = await converse({ script: () => shipped }, async () => {
      const stream = client().messages.stream(greeting)
      stream.on('text', (_piece, text) => {
        if (text === 'Your order') stream.abort()
      })
      return stream.done().catch((error: unknown) => error)
    })
    expect(value).toBeInstanceOf(APIUserAbortError)
    expect(events.at(-1)).toMatchObject({
      type: 'request.aborted',
      class: 'indeterminate',
      partial: { content: 'Your order', finishReason: '', toolCalls: [] },
    })
  })

  it('gives a reply that was lost on the way again', async () => {
    const { value } = await converse({ script: [shipped, { content: 'Second.' }] }, async () => {
      const aborted = client().messages.stream(greeting)
      aborted.on('text', () => aborted.abort())
      await aborted.done().catch(() => {})
      const again = await client().messages.create(greeting)
      const next = await client().messages.create(greeting)
      return [again.content, next.content]
    })
    expect(value).toEqual([[{ type: 'text', text: shipped.content }], [{ type: 'text', text: 'Second.' }]])
  })

  it('adds up to what the same call without a stream answers, whatever is said', async () => {
    await fc.assert(
      fc.asyncProperty(soundReplies, fc.integer({ min: 1, max: 5 }), async (reply, tokensPerChunk) => {
        const options = { script: () => reply, pace: { tokensPerChunk } }
        const whole = await converse(options, () => client().messages.create(greeting))
        const streamed = await converse(options, () => client().messages.stream(greeting).finalMessage())
        expect(sent(streamed.value)).toEqual(sent(whole.value))
        const said = [whole, streamed].map(({ events }) => {
          const end = events.at(-1)
          return end?.type === 'response.end' ? { ...end.model, toolCalls: end.model?.toolCalls.map(parsed) } : end
        })
        expect(said[1]).toEqual(said[0])
      }),
      { numRuns: 60 },
    )
  })

  it('reads arguments that were cut off as far as they go', async () => {
    const cut: ScriptedReply = {
      toolCalls: [{ name: 'refund', arguments: '{"orderId": "A-1", "amou' }],
      finishReason: 'length',
    }
    const { value, events } = await converse({ script: () => cut }, () =>
      client().messages.stream(greeting).finalMessage(),
    )
    expect(value).toMatchObject({ stop_reason: 'max_tokens', content: [{ input: { orderId: 'A-1' } }] })
    expect(events.at(-1)).toMatchObject({ model: { toolCalls: [{ arguments: '{"orderId": "A-1", "amou' }] } })
  })

  it('fails where the arguments are no JSON at all', async () => {
    const broken: ScriptedReply = { toolCalls: [{ name: 'refund', arguments: "{'orderId': 1}" }] }
    const { value } = await converse({ script: () => broken }, () =>
      client()
        .messages.stream(greeting)
        .finalMessage()
        .catch((error: unknown) => error),
    )
    expect(value).toBeInstanceOf(AnthropicError)
  })
})

describe('a composed reply', () => {
  it('is what the endpoint itself would have sent', async () => {
    const upstream = anthropicMessages({ script: () => shipped })
    for (const stream of [false, true]) {
      const { value } = await converse({ script: () => shipped }, async () =>
        stream ? (await frames(shipped)).value.text : JSON.stringify((await post(greeting)).body),
      )
      const body = JSON.stringify({ ...greeting, ...(stream ? { stream } : {}) })
      const request = {
        method: 'POST',
        url: 'https://api.anthropic.com/v1/messages',
        header: () => null,
        body,
        signal: null,
      }
      const context = { nowMs: 600, call: 0, task: undefined, seed: 'play', applyEffect: () => {} }
      expect(bodyText(upstream.compose!(shipped, upstream.understand(request), context))).toBe(value)
    }
  })
})

function parsed({ arguments: args, ...call }: { arguments: string }) {
  return { ...call, arguments: JSON.parse(args) as unknown }
}

/** A message without what the helper adds to it. */
function sent(message: Anthropic.Message): unknown {
  return JSON.parse(JSON.stringify(message, (key, value: unknown) => (key === 'parsed_output' ? undefined : value)))
}
