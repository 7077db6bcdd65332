import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readChatStream } from '../../../src/wire/openai/chat-stream-reading.ts'
import { dataFrame } from '../../../src/wire/sse/server-sent-events.ts'

const delta = (fields: object, finishReason: string | null = null): object => ({
  choices: [{ index: 0, delta: fields, finish_reason: finishReason }],
})
const call = (index: number, fields: object): object => delta({ tool_calls: [{ index, ...fields }] })
const stream = (...chunks: (object | string)[]): string =>
  chunks.map((chunk) => dataFrame(typeof chunk === 'string' ? chunk : JSON.stringify(chunk))).join('')

describe('a streamed completion, read back', () => {
  it('puts tool calls together by index, whatever the order of their pieces', () => {
    const read = readChatStream(
      stream(
        call(1, { id: 'call_b', function: { name: 'refund', arguments: '{"a' } }),
        call(0, { id: 'call_a', function: { name: 'look_up', arguments: '' } }),
        call(1, { function: { arguments: '":1}' } }),
        call(0, { function: { arguments: '{}' } }),
        delta({}, 'tool_calls'),
        '[DONE]',
      ),
    )
    expect(read.model).toEqual({
      content: null,
      finishReason: 'tool_calls',
      toolCalls: [
        { id: 'call_a', name: 'look_up', arguments: '{}' },
        { id: 'call_b', name: 'refund', arguments: '{"a":1}' },
      ],
    })
    expect(read.class).toBeUndefined()
  })

  it('is whole from the finish reason on, wherever the client hangs up behind it', () => {
    const begun = stream(delta({ content: 'Your order' }), delta({}, 'stop'))
    const whole = begun + stream({ choices: [], usage: { total_tokens: 12 } }, '[DONE]')
    for (let end = begun.length; end <= whole.length; end++) {
      const { model } = readChatStream(whole.slice(0, end))
      expect([end, model]).toEqual([end, { content: 'Your order', finishReason: 'stop', toolCalls: [] }])
    }
  })

  it.each([
    [
      'an error in a chunk without choices',
      { choices: [], error: { code: 'rate_limit_exceeded', type: 'x' } },
      'rate_limit_exceeded',
    ],
    ['an error with a number for its code', { error: { code: 400, message: 'no' } }, '400'],
    ['an error that is a bare text', { error: 'overloaded' }, null],
  ])('is a failure at %s', (_what, frame, errorCode) => {
    const read = readChatStream(
      stream(delta({ content: 'Your' }), frame, delta({ content: ' order' }, 'stop'), '[DONE]'),
    )
    expect(read).toEqual({
      model: null,
      errorCode,
      decision: null,
      class: 'failure',
      partial: { content: 'Your', finishReason: '', toolCalls: [] },
    })
  })

  it('is a failure at a named error event', () => {
    const read = readChatStream(`event: error\n${stream({ code: 'server_error' })}`)
    expect(read).toMatchObject({ class: 'failure', errorCode: 'server_error', partial: null })
  })

  it.each([
    ['nothing at all', ''],
    ['[DONE] alone', stream('[DONE]')],
    ['a chunk that is no object', stream('7', '"text"', '[1]')],
    ['choices of other shapes', stream({ choices: 'none' }, { choices: [7] }, { choices: [{ delta: 'x' }] })],
  ])('has an unknown end where there is %s', (_what, text) => {
    expect(readChatStream(text)).toMatchObject({ model: null, class: 'indeterminate', partial: null, errorCode: null })
  })

  it('reads any bytes without a complaint', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string({ unit: 'binary' }))), fc.string(), (data, rest) => {
        const read = readChatStream(stream(...data) + rest)
        expect(read.model === null).toBe(read.class !== undefined)
      }),
    )
  })
})
