import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeMessage, readMessages } from '../../../src/wire/bedrock/event-stream-frames.ts'
import { codec } from './_codec.ts'

const headers = fc.dictionary(fc.string({ minLength: 1, maxLength: 40 }), fc.string({ maxLength: 300 }), {
  maxKeys: 5,
  noNullPrototype: true,
})
const messages = fc.record({ headers, payload: fc.string({ unit: 'grapheme' }) })

it('a message is the one that the official codec writes, byte for byte', () => {
  fc.assert(
    fc.property(messages, (message) => {
      const typed = Object.entries(message.headers).map(
        ([name, value]) => [name, { type: 'string' as const, value }] as const,
      )
      const official = codec.encode({ headers: Object.fromEntries(typed), body: Buffer.from(message.payload) })
      expect(Buffer.from(encodeMessage(message)).equals(Buffer.from(official))).toBe(true)
    }),
  )
})

it('a header may have any name', () => {
  const message = { headers: JSON.parse('{"__proto__":"text","a":"b"}') as Record<string, string>, payload: '' }
  expect(JSON.stringify(readMessages(encodeMessage(message)))).toBe(JSON.stringify([message]))
})

it('messages are read back, to the first that is cut or damaged', () => {
  fc.assert(
    fc.property(fc.array(messages, { minLength: 1, maxLength: 4 }), fc.nat(), (written, at) => {
      const frames = written.map(encodeMessage)
      const bytes = Buffer.concat(frames)
      expect(readMessages(bytes)).toEqual(written)
      const place = at % bytes.length
      let end = 0
      const whole = frames.filter((frame) => (end += frame.length) <= place).length
      expect(readMessages(bytes.subarray(0, place))).toEqual(written.slice(0, whole))
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8(damaged.readUInt8(place) ^ 1, place)
      expect(readMessages(damaged)).toEqual(written.slice(0, whole))
    }),
  )
})
