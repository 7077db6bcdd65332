import * as fc from 'fast-check'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import { streamChangeMembers } from '../../../src/faults/families/stream-changes.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped.' }
const start = Date.UTC(2026, 0, 1)

/** The texts of a stream with their virtual milliseconds after the headers, as the loop of the official client sees it. */
async function iterate() {
  const stream = await sdk().chat.completions.create({ ...greeting, stream: true })
  const headAt = Date.now() - start
  const texts: string[] = []
  const times: number[] = []
  try {
    for await (const chunk of stream) {
      texts.push(chunk.choices[0]?.delta.content ?? '')
      times.push(Date.now() - start - headAt)
    }
    return { texts, times, thrown: null }
  } catch (thrown) {
    return { texts, times, thrown }
  }
}

/** The message that the helper of the official client makes of the same stream. */
const finalMessage = () => sdk().chat.completions.stream(greeting).finalMessage()

/** The whole body as text and in its pieces, read with fetch alone. */
async function read() {
  const response = await sdk()
    .chat.completions.create({ ...greeting, stream: true })
    .asResponse()
  const pieces: Buffer[] = []
  for await (const piece of response.body ?? []) pieces.push(Buffer.from(piece))
  return { pieces, text: Buffer.concat(pieces).toString() }
}

function under<Value>(faults: readonly Fault[], run: () => Promise<Value>, reply = shipped) {
  return play({ upstreams: [openAiChat({ script: () => reply })], faults }, run)
}

describe('a disturbed stream, read by the official client', () => {
  it('sse.slow_first comes after its headers, and then at its pace', async () => {
    const { value } = await under([fault('sse.slow_first', modelTarget, { ms: 8_000 })], iterate)
    expect(value.times.map((at) => at - 8_000)).toEqual([0, 15, 30, 45, 60, 75, 90, 105])
  })

  it('sse.slow_tokens comes slowly', async () => {
    const { value } = await under([fault('sse.slow_tokens', modelTarget, { ms: 485 })], iterate)
    expect(value.times).toEqual([0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500])
  })

  it('sse.error.openai.chat is an error without a status, and a failure of the service in the trace', async () => {
    const faults = [fault('sse.error.openai.chat', modelTarget, { afterFrames: 3 })]
    const { value, events, deliveries } = await under(faults, iterate)
    expect(value.texts.join('')).toBe('Your order')
    expect(value.thrown).toBeInstanceOf(OpenAI.APIError)
    expect(value.thrown).toMatchObject({ status: undefined, type: 'server_error', code: null })
    expect(deliveries).toEqual([1])
    expect(events.at(-1)).toMatchObject({
      type: 'response.end',
      status: 200,
      class: 'failure',
      errorCode: 'server_error',
      model: null,
      partial: { content: 'Your order', finishReason: '', toolCalls: [] },
    })
    expect((await under(faults, () => rejection(finalMessage()))).value).toBeInstanceOf(OpenAI.APIError)
  })

  it('sse.error.openai.chat is no error for a client that reads on, and a failure in the trace all the same', async () => {
    const faults = [fault('sse.error.openai.chat', modelTarget, { afterFrames: 0 })]
    const { value, events } = await under(faults, read)
    expect(value.text).toMatch(/^data: \{"error":\{"message":"[^\n]+\n\ndata: \[DONE\]\n\n$/)
    expect(events.at(-1)).toMatchObject({ class: 'failure', errorCode: 'server_error', partial: null })
  })

  it('sse.malformed is a SyntaxError, and has an unknown end', async () => {
    const faults = [fault('sse.malformed', modelTarget, { afterFrames: 3 })]
    const { value, events } = await under(faults, iterate)
    expect(value.texts.join('')).toBe('Your order')
    expect(value.thrown).toBeInstanceOf(SyntaxError)
    expect(value.thrown).toMatchObject({ message: expect.stringContaining('malformed server-sent event JSON') })
    expect(events.at(-1)).toMatchObject({
      type: 'request.aborted',
      class: 'indeterminate',
      partial: { content: 'Your order' },
    })
    const patient = await under(faults, read)
    expect(patient.value.text).toContain('data: {unparsable}\n\ndata: {"id"')
    expect(patient.events.at(-1)).toMatchObject({ type: 'response.end', class: 'indeterminate', model: null })
  })

  it('sse.dup doubles a text', async () => {
    const { value, events } = await under([fault('sse.dup', modelTarget, { afterFrames: 2 })], finalMessage)
    expect(value.content).toBe('Your order order has been shipped.')
    expect(events.at(-1)).toMatchObject({ model: { content: 'Your order order has been shipped.' } })
  })

  it('sse.done_then_more is ignored', async () => {
    const faults = [fault('sse.done_then_more', modelTarget)]
    const { value, events } = await under(faults, iterate)
    expect(value).toMatchObject({ thrown: null })
    expect(value.texts.join('')).toBe('Your order has been shipped.')
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: 'success' })
    const whole = await under(faults, read)
    expect(whole.value.text).toMatch(/data: \[DONE\]\n\ndata: \{"id"[^\n]+"content":"\."/)
    expect(whole.events.at(-1)).toMatchObject({ model: { content: 'Your order has been shipped.' } })
  })

  it('sse.comment takes time and says nothing', async () => {
    const faults = [fault('sse.comment', modelTarget, { afterFrames: 3, count: 4, everyMs: 15_000 })]
    const { value, events } = await under(faults, iterate)
    expect(value.texts.join('')).toBe('Your order has been shipped.')
    expect(value.times.map((at) => at >= 60_000)).toEqual([...Array(3).fill(false), ...Array(5).fill(true)])
    const pieces = events.filter((event) => event.type === 'response.chunk')
    expect(pieces.filter(({ bytes }) => bytes === 14)).toHaveLength(5)
    expect(events.at(-1)).toMatchObject({ class: 'success', model: { content: 'Your order has been shipped.' } })
  })

  it('sse.utf8.split splits each character of several bytes, which decoding piece by piece destroys', async () => {
    const reply = { content: 'Größe: 2 € ⛵' }
    const faults = [fault('sse.utf8.split', modelTarget)]
    const { value, deliveries } = await under(faults, read, reply)
    expect(
      value.pieces
        .map(String)
        .join('')
        .match(/\uFFFD/g)?.length,
    ).toBeGreaterThanOrEqual(4)
    expect(deliveries).toEqual([1])
    const { value: message, events } = await under(faults, finalMessage, reply)
    expect(message.content).toBe(reply.content)
    expect(events.at(-1)).toMatchObject({ model: { content: reply.content } })
    expect((await under(faults, read)).deliveries).toEqual([0])
  })

  it('strikes no request that is not streamed', async () => {
    for (const member of streamChangeMembers) {
      const parameters = fc.sample(member.arbitrary, { numRuns: 1, seed: 1 })[0] ?? {}
      const faults = [fault(member.id, modelTarget, parameters)]
      const { value, deliveries } = await under(faults, () => sdk().chat.completions.create(greeting))
      expect(value.choices[0]?.message.content).toBe('Your order has been shipped.')
      expect(deliveries).toEqual([0])
    }
  })
})

describe('a stream in other pieces', () => {
  const framing = fc.record({
    pieceBytes: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 5_000 })),
    framesTogether: fc.integer({ min: 1, max: 6 }),
    lineEnd: fc.constantFrom('lf', 'crlf', 'cr'),
  })
  const reply: ScriptedReply = {
    content: 'Größe ⛵',
    toolCalls: [{ name: 'refund', arguments: { reason: 'naïve "quotes"\n' } }],
  }

  it('says the same to the helper of the client and to the trace', async () => {
    const original = await under([], finalMessage, reply)
    await fc.assert(
      fc.asyncProperty(framing, async (parameters) => {
        const faults = [fault('sse.frames.split', modelTarget, parameters), fault('sse.utf8.split', modelTarget)]
        const { value, events, deliveries } = await under(faults, finalMessage, reply)
        expect(value).toEqual(original.value)
        expect(deliveries).toEqual([1, 1])
        const [end, before] = [events.at(-1), original.events.at(-1)]
        expect(end).toMatchObject({ type: 'response.end', class: 'success' })
        expect(end?.type === 'response.end' && end.model).toEqual(before?.type === 'response.end' && before.model)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same bytes at the same times, where frames come one by one', async () => {
    const original = await under([], read, reply)
    const parameters = { pieceBytes: 7, framesTogether: 1, lineEnd: 'lf' }
    const { value, virtualMs } = await under([fault('sse.frames.split', modelTarget, parameters)], read, reply)
    expect(value.text).toBe(original.value.text)
    expect(virtualMs).toBe(original.virtualMs)
    expect(Math.max(...value.pieces.map(({ length }) => length))).toBe(7)
  })

  it('breaks off where another fault cuts it', async () => {
    const faults = [
      fault('sse.frames.split', modelTarget, { pieceBytes: 11, framesTogether: 2, lineEnd: 'crlf' }),
      fault('sse.cut.reset', modelTarget, { afterFrames: 3 }),
    ]
    const { value, deliveries } = await under(faults, iterate)
    expect(value.texts.join('')).toBe('Your order')
    expect(value.thrown).toMatchObject({ message: 'terminated', cause: { code: 'ECONNRESET' } })
    expect(deliveries).toEqual([1, 1])
  })
})
