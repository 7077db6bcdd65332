import { APIError } from '@anthropic-ai/sdk'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { anthropicErrorObject } from '../../../src/wire/anthropic/errors.ts'
import { readMessageStream } from '../../../src/wire/anthropic/message-stream-reading.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import type { BodyChunk, Reply } from '../../../src/wire/reply.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { play } from '../_play.ts'
import { client, greeting } from './_client.ts'
import { anyReplies, soundReplies } from './_replies.ts'

/** Reads replies that it has not composed itself. */
const reader = anthropicMessages({ script: [] })

function composed(reply: ScriptedReply, stream: boolean): Reply {
  const composer = anthropicMessages({ script: [] })
  const body = JSON.stringify({ ...greeting, stream })
  const request = {
    method: 'POST',
    url: 'https://api.anthropic.com/v1/messages',
    header: () => null,
    body,
    signal: null,
  }
  const context = { nowMs: 0, call: 3, task: undefined, seed: 'reading', applyEffect: () => {} }
  const made = composer.compose?.(reply, composer.understand(request), context)
  if (made === undefined) throw new Error('a model endpoint composes replies')
  // What it says of a reply of its own is what anybody else reads in it.
  expect(reader.describe(made)).toEqual(composer.describe(made))
  return made
}

const pieces = ({ body }: Reply): readonly BodyChunk[] => (typeof body === 'string' ? [] : body)

const frame = (data: object, event = 'type' in data ? String(data.type) : ''): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
const start = frame({ type: 'message_start', message: { content: [] } })
const block = frame({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })
const text = (piece: string): string =>
  frame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } })
const delta = frame({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: {} })
const stop = frame({ type: 'message_stop' })
const ping = 'event: ping\ndata: {"type": "ping"}\n\n'
const overloaded = frame({ type: 'error', error: anthropicErrorObject(529, 'Overloaded', null) })

const partial = { content: 'Your', finishReason: '', toolCalls: [] }
const whole = { model: { content: 'Your order', finishReason: 'end_turn', toolCalls: [] }, errorCode: null }

describe('a reply, read back', () => {
  it('says in a stream what it says in one piece, whatever the script wrote', () => {
    fc.assert(
      fc.property(anyReplies, (reply) => {
        const [one, streamed] = [composed(reply, false), composed(reply, true)].map((made) => reader.describe(made))
        expect(one?.model).not.toBeNull()
        // Arguments that are objects are written anew in one piece, and verbatim in a stream.
        expect(normal(streamed?.model)).toEqual(normal(one?.model))
      }),
    )
  })

  it('is never whole before its last frame, however much of it has come', () => {
    fc.assert(
      fc.property(anyReplies, fc.nat(), (reply, cut) => {
        const made = composed(reply, true)
        const body = pieces(made)
        const frames = cut % body.length
        const view = reader.describe({ ...made, body: body.slice(0, frames) })
        expect(view).toMatchObject({ model: null, class: 'indeterminate', errorCode: null })
        const said = reader.describe(made).model
        expect(said?.content ?? '').toContain(view.partial?.content ?? '')
        expect(said?.content?.startsWith(view.partial?.content ?? '') ?? true).toBe(true)
        for (const [index, call] of (view.partial?.toolCalls ?? []).entries()) {
          expect(said?.toolCalls[index]).toMatchObject({ id: call.id, name: call.name })
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is never whole before its last byte but the line ends', () => {
    fc.assert(
      fc.property(soundReplies, fc.nat(), (reply, cut) => {
        const made = composed(reply, true)
        const body = Buffer.concat(pieces(made).map(({ bytes }) => bytes))
        const end = body.length - '\n\n'.length
        const view = reader.describe({ ...made, body: body.subarray(0, cut % end).toString() })
        expect(view.model).toBeNull()
        expect(view.class).toBe('indeterminate')
      }),
    )
  })
})

describe('a stream of whatever origin', () => {
  it.each([
    ['pings anywhere', ping + start + ping + block + text('Your') + ping + text(' order') + delta + ping + stop],
    [
      'events and blocks that are not known',
      start + frame({ type: 'news' }) + block + text('Your order') + delta + stop,
    ],
    ['other line ends', (start + block + text('Your order') + delta + stop).replaceAll('\n', '\r\n')],
    ['anything after the end', start + block + text('Your order') + delta + stop + text(' is late') + overloaded],
    ['pieces before the start', text('Late') + start + block + text('Your order') + delta + stop],
    [
      'pieces of blocks that never began',
      start + block + text('Your order').replace('"index":0', '"index":9') + text('Your order') + delta + stop,
    ],
    ['events without a name', start + block + text('Your order') + 'data: {unparsable}\n\n' + delta + stop],
  ])('is whole with %s', (_what, body) => {
    expect(readMessageStream(body)).toMatchObject(whole)
  })

  it.each([
    ['its stop', start + block + text('Your order') + delta, { ...whole.model }],
    ['its stop reason and its stop', start + block + text('Your'), partial],
    ['anything but its start', start, null],
    ['anything', '', null],
    ['a start', block + text('Your') + delta + stop, null],
    [
      'readable data',
      start + block + text('Your') + 'event: content_block_delta\ndata: {unparsable}\n\n' + delta + stop,
      partial,
    ],
    ['one start only', start + block + text('Your') + start + block + text(' order') + delta + stop, partial],
  ])('has an unknown end without %s', (_what, body, said) => {
    expect(readMessageStream(body)).toEqual({
      model: null,
      errorCode: null,
      decision: null,
      class: 'indeterminate',
      partial: said,
    })
  })

  it.each([
    ['at its first event', overloaded, null],
    ['after some text', start + block + text('Your') + overloaded + stop, partial],
    [
      'after its stop reason',
      start + block + text('Your') + delta + overloaded,
      { ...partial, finishReason: 'end_turn' },
    ],
  ])('is a failure with an error %s', (_when, body, said) => {
    expect(readMessageStream(body)).toEqual({
      model: null,
      errorCode: 'overloaded_error',
      decision: null,
      class: 'failure',
      partial: said,
    })
  })

  it('is a failure with an error that says nothing', () => {
    expect(readMessageStream('event: error\ndata: overloaded\n\n')).toMatchObject({ class: 'failure', errorCode: null })
  })

  it('takes arguments from the start of a block that has no pieces', () => {
    const tool = { type: 'tool_use', id: 'toolu_1', name: 'refund', input: { orderId: 'A-1' } }
    const body = start + frame({ type: 'content_block_start', index: 0, content_block: tool }) + delta + stop
    expect(readMessageStream(body).model?.toolCalls).toEqual([
      { id: 'toolu_1', name: 'refund', arguments: '{"orderId":"A-1"}' },
    ])
  })

  it('is read without a complaint, whatever it is', () => {
    const data = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(start, block, text('x'), delta, stop),
    )
    fc.assert(
      fc.property(fc.array(data), (parts) => {
        const body = parts.map((part) => (part.startsWith('event:') ? part : `event: x\ndata: ${part}\n\n`)).join('')
        const read = readMessageStream(body)
        expect(read.model === null).toBe(read.class !== undefined)
      }),
    )
  })

  it('fails in the client without a status, and in the trace as a failure, where it carries an error', async () => {
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_1' }
    const failing: Upstream = {
      ...anthropicMessages({ script: [] }),
      handle: () => ({ status: 200, headers, body: start + block + text('Your') + overloaded }),
    }
    const { value, events } = await play({ upstreams: [failing] }, () =>
      client({ maxRetries: 2 })
        .messages.stream(greeting)
        .finalMessage()
        .catch((error: unknown) => error),
    )
    expect(value).toBeInstanceOf(APIError)
    expect(value).toMatchObject({ status: undefined, type: 'overloaded_error', requestID: 'req_1' })
    expect(events.filter(({ type }) => type === 'request.sent')).toHaveLength(1)
    expect(events.at(-1)).toMatchObject({
      type: 'response.end',
      status: 200,
      class: 'failure',
      errorCode: 'overloaded_error',
      model: null,
      partial,
    })
  })
})

describe('a body that is no message', () => {
  it.each(['', '{"id":', '<html></html>', 'null', '7', '[]', '{}', '{"content":null}', '{"content":"text"}'])(
    'says nothing: %s',
    (body) => {
      expect(reader.describe({ status: 200, headers: { 'content-type': 'application/json' }, body }).model).toBeNull()
    },
  )

  it.each([
    ['{"type":"error","error":{"type":"api_error","message":"x"}}', 'api_error'],
    ['{"error":{"type":"rate_limit_error","details":{"error_code":"ramp_limit_exceeded"}}}', 'ramp_limit_exceeded'],
    ['{"error":{"type":7,"details":7}}', null],
    ['{"error":"overloaded"}', null],
    ['<html></html>', null],
  ])('has the code that its error names: %s', (body, errorCode) => {
    expect(reader.describe({ status: 500, headers: {}, body })).toEqual({ model: null, errorCode, decision: null })
  })
})

function normal(view: ReturnType<Upstream['describe']>['model'] | undefined) {
  return { ...view, toolCalls: view?.toolCalls.map((call) => ({ ...call, arguments: asJson(call.arguments) })) }
}

function asJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
