import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import { readServerSentEvents } from '../../../src/wire/sse/server-sent-events.ts'
import { play, sdk } from '../_play.ts'
import { scriptedReplies } from './_replies.ts'
import { hello, scene } from './_responses.ts'

const { describe: read } = openAiResponses({ script: [] })
const streamed = (body: string) => read({ status: 200, headers: { 'content-type': 'text/event-stream' }, body })
const answered = (body: string) => read({ status: 200, headers: { 'content-type': 'application/json' }, body })
const frames = (...events: (object | string)[]): string =>
  events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('')

const begun = [
  { type: 'response.output_item.added', output_index: 0, item: { type: 'message', content: [] } },
  { type: 'response.output_text.delta', output_index: 0, delta: 'Your' },
]
const partial = { content: 'Your', finishReason: '', toolCalls: [] }
const completed = {
  type: 'response.completed',
  response: {
    status: 'completed',
    output: [{ type: 'message', content: [{ type: 'output_text', text: 'Your order' }] }],
  },
}

describe('a streamed response, read back', () => {
  it.each([
    [
      'nested, as the service sends it',
      { type: 'error', error: { type: 'x', code: 'insufficient_quota' } },
      'insufficient_quota',
    ],
    [
      'flat, as it is published',
      { type: 'error', code: 'server_error', message: 'Sorry.', param: null },
      'server_error',
    ],
    ['flat, without a code', { type: 'error', code: null, message: 'Sorry.' }, null],
    ['a bare text', { error: 'overloaded' }, null],
    [
      'a failed response',
      { type: 'response.failed', response: { status: 'failed', error: { code: 'rate_limit_exceeded' } } },
      'rate_limit_exceeded',
    ],
    ['a failed response without more', { type: 'response.failed' }, null],
  ])('is a failure at an error that is %s', (_what, event, errorCode) => {
    expect(streamed(frames(...begun, event, completed))).toEqual({
      model: null,
      errorCode,
      decision: null,
      class: 'failure',
      partial,
    })
  })

  it('is a failure at an error that only its event names', () => {
    const read = streamed(`event: error\n${frames({ code: 'server_error' })}`)
    expect(read).toMatchObject({ class: 'failure', errorCode: 'server_error', partial: null })
  })

  it('reads no further than its end', () => {
    const read = streamed(frames(...begun, completed, { type: 'error', code: 'late' }))
    expect(read).toEqual({
      model: { content: 'Your order', finishReason: 'stop', toolCalls: [] },
      errorCode: null,
      decision: null,
    })
  })

  it('puts calls in the order of their items, whatever the order of their pieces', () => {
    const call = (index: number) => ({
      type: 'response.output_item.added',
      output_index: index,
      item: { type: 'function_call', call_id: `call_${index}`, name: 'refund', arguments: '' },
    })
    const piece = (index: number, delta: string) => ({
      type: 'response.function_call_arguments.delta',
      output_index: index,
      delta,
    })
    const read = streamed(frames(call(1), call(0), piece(1, '{"a'), piece(0, '{}'), piece(1, '":1}')))
    expect(read.partial?.toolCalls.map(({ arguments: args }) => args)).toEqual(['{}', '{"a":1}'])
  })

  it.each([
    ['nothing at all', ''],
    ['[DONE] alone', frames('[DONE]')],
    ['an event that is no JSON before its end', frames('{unparsable}', completed)],
    ['events of other shapes', frames('7', '"text"', '[1]', { type: 'response.output_item.added' })],
    ['an end without a response', frames({ type: 'response.completed' }, { type: 'response.completed', response: 7 })],
  ])('has an unknown end where there is %s', (_what, text) => {
    expect(streamed(text)).toMatchObject({ model: null, class: 'indeterminate', partial: null, errorCode: null })
  })

  it('is never whole before its last event, and always with it', async () => {
    await fc.assert(
      fc.asyncProperty(scriptedReplies, async (reply) => {
        const { value, events } = await play(
          scene(() => reply),
          async () =>
            (
              await sdk()
                .responses.create({ ...hello, stream: true })
                .asResponse()
            ).text(),
        )
        const pieces = value.split(/(?<=\n\n)/)
        for (let count = 0; count < pieces.length; count++) {
          const { model, class: outcome } = streamed(pieces.slice(0, count).join(''))
          expect(model).toBeNull()
          expect(outcome).toBe('indeterminate')
        }
        const end = events.at(-1)
        expect(streamed(value)).toEqual({
          model: end?.type === 'response.end' && end.model,
          errorCode: null,
          decision: null,
        })
        expect(readServerSentEvents(value)).toHaveLength(pieces.length)
      }),
      { numRuns: 50 },
    )
  })

  it('is never whole where its bytes are cut within the last event', async () => {
    const { value } = await play(
      scene(() => ({ content: 'Hello.' })),
      async () =>
        (
          await sdk()
            .responses.create({ ...hello, stream: true })
            .asResponse()
        ).text(),
    )
    const withoutEnd = value.trimEnd().length
    for (let length = 0; length < withoutEnd; length++) expect(streamed(value.slice(0, length)).model).toBeNull()
  })

  it('reads any bytes without a complaint', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string({ unit: 'binary' }))), fc.string(), (data, rest) => {
        const read = streamed(frames(...data) + rest)
        expect(read.model === null).toBe(read.class !== undefined)
        answered(rest)
      }),
    )
  })
})

describe('a JSON answer, read back', () => {
  it('is a failure where the response failed', () => {
    expect(answered('{"status":"failed","error":{"code":"server_error","message":"Sorry."},"output":[]}')).toEqual({
      model: null,
      errorCode: 'server_error',
      decision: null,
      class: 'failure',
      partial: null,
    })
  })

  it('is nothing where it is no response', () => {
    for (const body of ['', '{malformed', '[]', 'null', '{"output":"text"}', '<html></html>']) {
      expect(answered(body)).toMatchObject({ model: null, errorCode: null })
    }
  })

  it('joins the texts of its messages, and passes over what is neither text nor call', () => {
    const text = (words: string) => ({
      type: 'message',
      content: [{ type: 'output_text', text: words }, { type: 'refusal' }, 7],
    })
    const output = [{ type: 'reasoning' }, text('One '), null, text('moment.'), { type: 'function_call', call_id: 'c' }]
    expect(answered(JSON.stringify({ status: 'completed', output })).model).toEqual({
      content: 'One moment.',
      finishReason: 'tool_calls',
      toolCalls: [{ id: 'c', name: '', arguments: '' }],
    })
  })
})
