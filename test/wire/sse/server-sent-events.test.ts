import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataFrame, readServerSentEvents } from '../../../src/wire/sse/server-sent-events.ts'

const dataOf = (text: string): string[] => readServerSentEvents(text).map(({ data }) => data)

describe('a stream of server-sent events', () => {
  it('is read back as it was written', () => {
    const line = fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text))
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, lineEnd) => {
        const text = lines.map(dataFrame).join('').replaceAll('\n', lineEnd)
        expect(dataOf(text)).toEqual(lines)
      }),
    )
  })

  it.each([
    [': keep-alive\n\ndata: one\n\n', ['one']],
    ['data:one\n\ndata:  two\n\n', ['one', ' two']],
    ['data: one\ndata: two\n\n', ['one\ntwo']],
    ['data\n\n', ['']],
    ['id: 7\nretry: 100\nunknown: x\n\ndata: one\n\n', ['one']],
    ['\uFEFFdata: one\n\n', ['one']],
    ['data: one\n\ndata: {"cut', ['one', '{"cut']],
    ['data: one\n\ndata: last\n', ['one', 'last']],
    ['\n\n\n', []],
    ['', []],
  ])('%j says %j', (text, data) => {
    expect(dataOf(text)).toEqual(data)
  })

  it('tells the name of an event, and forgets it with the event', () => {
    expect(readServerSentEvents('event: error\ndata: one\n\ndata: two\n\n')).toEqual([
      { event: 'error', data: 'one' },
      { event: '', data: 'two' },
    ])
  })
})
