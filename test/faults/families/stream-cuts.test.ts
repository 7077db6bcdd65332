import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import { streamCutMembers } from '../../../src/faults/families/stream-cuts.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped.' }
const refund: ScriptedReply = { toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1' } }] }

/** What a loop over the raw stream of the official client sees: the text, and what it threw. */
async function iterate(signal?: AbortSignal, timeout = 600_000) {
  const stream = await sdk({ timeout }).chat.completions.create({ ...greeting, stream: true }, signal ? { signal } : {})
  let text = ''
  try {
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    return { text, thrown: null }
  } catch (thrown) {
    return { text, thrown }
  }
}

/** What the helper of the official client makes of the same stream. */
const finalMessage = () => sdk().chat.completions.stream(greeting).finalMessage()

function under<Value>(faults: readonly Fault[], run: () => Promise<Value>, reply = shipped) {
  return play({ upstreams: [openAiChat({ script: () => reply })], faults }, run)
}

/** How the trace says that the last call ended. */
function endOf(events: readonly TraceEvent[]) {
  const last = events.at(-1)
  if (last === undefined || !('class' in last)) throw new Error('the last event ends no call')
  return last
}

const partial = (content: string | null) => ({ content, finishReason: '', toolCalls: [] })
const afterThree = { afterFrames: 3 }

describe('a stream that breaks, read by the official client', () => {
  it.each([
    ['sse.cut.chunked', { code: 'UND_ERR_SOCKET', message: 'other side closed' }],
    ['sse.cut.reset', { code: 'ECONNRESET', message: 'read ECONNRESET' }],
  ] as const)('%s is "terminated", for the loop and for the helper', async (id, cause) => {
    const faults = [fault(id, modelTarget, afterThree)]
    const loop = await under(faults, () => iterate())
    expect(loop.value.text).toBe('Your order')
    expect(loop.value.thrown).toBeInstanceOf(TypeError)
    expect(loop.value.thrown).toMatchObject({ message: 'terminated', cause })
    expect(endOf(loop.events)).toMatchObject({
      type: 'request.failed',
      cause: cause.code,
      class: 'indeterminate',
      partial: partial('Your order'),
    })
    expect(loop.deliveries).toEqual([1])
    const helper = await under(faults, () => rejection(finalMessage()))
    expect(helper.value).toBeInstanceOf(OpenAI.OpenAIError)
    expect(helper.value.message).toBe('terminated')
  })

  it('sse.cut.clean is a clean end for the loop, and misses its finish reason for the helper', async () => {
    const faults = [fault('sse.cut.clean', modelTarget, afterThree)]
    const loop = await under(faults, () => iterate())
    expect(loop.value).toEqual({ text: 'Your order', thrown: null })
    expect(endOf(loop.events)).toMatchObject({
      type: 'response.end',
      status: 200,
      class: 'indeterminate',
      model: null,
      partial: partial('Your order'),
      errorCode: null,
    })
    const helper = await under(faults, () => rejection(finalMessage()))
    expect(helper.value.message).toBe('missing finish_reason for choice 0')
  })

  it('sse.cut.close is half a frame for the loop and the helper, and no error below them', async () => {
    const faults = [fault('sse.cut.close', modelTarget, afterThree)]
    const loop = await under(faults, () => iterate())
    expect(loop.value).toMatchObject({ text: 'Your order', thrown: { name: 'SyntaxError' } })
    expect(endOf(loop.events)).toMatchObject({
      type: 'response.end',
      class: 'indeterminate',
      model: null,
      partial: partial('Your order'),
    })
    const helper = await under(faults, () => rejection(finalMessage()))
    expect(helper.value.message).toContain('malformed server-sent event JSON')
  })

  it('sse.cut.close is delimited by the connection alone, and ends inside a frame', async () => {
    const { value, events } = await under([fault('sse.cut.close', modelTarget, { afterFrames: 0 })], async () => {
      const response = await sdk()
        .chat.completions.create({ ...greeting, stream: true })
        .asResponse()
      return { headers: Object.fromEntries(response.headers), text: await response.text() }
    })
    expect(value.headers).toMatchObject({ connection: 'close' })
    expect(value.headers).not.toHaveProperty('transfer-encoding')
    expect(value.text).toMatch(/^data: \{"id":"chatcmpl-[^\n]+$/)
    expect(endOf(events)).toMatchObject({ class: 'indeterminate', partial: null })
  })

  it('sse.stall lasts until the signal of the caller is aborted, which the loop takes for an end', async () => {
    const faults = [fault('sse.stall', modelTarget, afterThree)]
    const { value, events, virtualMs } = await under(faults, () => iterate(AbortSignal.timeout(30_000)))
    expect(value).toEqual({ text: 'Your order', thrown: null })
    expect(virtualMs).toBe(30_000)
    expect(endOf(events)).toMatchObject({
      type: 'request.aborted',
      at: 30_000,
      class: 'indeterminate',
      partial: partial('Your order'),
    })
  })

  it('sse.stall lasts as long as fetch waits without a signal: the timeout of the client does not cover the body', async () => {
    const ofTheClient = 20_000
    const { value, events } = await under([fault('sse.stall', modelTarget, afterThree)], () =>
      iterate(undefined, ofTheClient),
    )
    expect(value).toMatchObject({ text: 'Your order', thrown: { message: 'terminated' } })
    expect(value.thrown).toHaveProperty('cause.code', 'UND_ERR_BODY_TIMEOUT')
    const lastPiece = events.findLast(({ type }) => type === 'response.chunk')
    const failed = endOf(events)
    expect(failed).toMatchObject({
      cause: 'UND_ERR_BODY_TIMEOUT',
      class: 'indeterminate',
      partial: partial('Your order'),
    })
    expect(failed.at - (lastPiece?.at ?? 0)).toBe(300_000)
  })

  it('sse.nodone is whole', async () => {
    const faults = [fault('sse.nodone', modelTarget)]
    const loop = await under(faults, () => iterate())
    expect(loop.value).toEqual({ text: 'Your order has been shipped.', thrown: null })
    const end = endOf(loop.events)
    expect(end).toMatchObject({ class: 'success', model: { content: 'Your order has been shipped.' }, partial: null })
    expect(end.type === 'response.end' && end.body).not.toContain('[DONE]')
    const helper = await under(faults, finalMessage)
    expect(helper.value.content).toBe('Your order has been shipped.')
  })

  it('is cut inside the arguments of a tool call, where it is told to', async () => {
    const { events } = await under([fault('sse.cut.clean', modelTarget, { afterFrames: 5 })], () => iterate(), refund)
    const call = { id: expect.stringMatching(/^call_/), name: 'refund', arguments: '{"orderId' }
    expect(endOf(events).partial).toEqual({ content: null, finishReason: '', toolCalls: [call] })
  })

  it('never holds a finish reason, however late it breaks', async () => {
    for (const { id } of streamCutMembers) {
      if (id === 'sse.nodone' || id === 'sse.stall') continue
      const { events } = await under([fault(id, modelTarget, { afterFrames: 1_000 })], () => iterate())
      expect(endOf(events)).toMatchObject({
        class: 'indeterminate',
        partial: partial('Your order has been shipped.'),
      })
    }
  })
})

describe('a cut', () => {
  it('strikes no request that is not streamed, and is not counted', async () => {
    const faults = streamCutMembers.map(({ id }) => fault(id, modelTarget, id === 'sse.nodone' ? {} : afterThree))
    for (const one of faults) {
      const { value, deliveries, events } = await under([one], () => sdk().chat.completions.create(greeting))
      expect(value.choices[0]?.message.content).toBe('Your order has been shipped.')
      expect(deliveries).toEqual([0])
      expect(events.filter(({ type }) => type === 'fault.injected')).toEqual([])
    }
  })

  it('strikes no refusal in the place of a stream, and is not counted', async () => {
    const upstreams = [openAiChat({ script: () => shipped, limits: { requestsPerMinute: 1, tokensPerMinute: 1 } })]
    const faults = [fault('sse.cut.reset', modelTarget, afterThree)]
    const { value, deliveries } = await play({ upstreams, faults }, () =>
      rejection(sdk().chat.completions.create({ ...greeting, stream: true })),
    )
    expect(value).toBeInstanceOf(OpenAI.RateLimitError)
    expect(deliveries).toEqual([0])
  })

  it('gives the next request the reply that did not arrive', async () => {
    const upstreams = [openAiChat({ script: [shipped, { content: 'Goodbye.' }] })]
    const faults = [fault('sse.cut.reset', modelTarget, afterThree)]
    const { value } = await play({ upstreams, faults }, async () => [
      (await iterate()).text,
      (await iterate()).text,
      (await iterate()).text,
    ])
    expect(value).toEqual(['Your order', 'Your order has been shipped.', 'Goodbye.'])
  })

  it('is an attempt that the next one follows, for the trace', async () => {
    const { events } = await under([fault('sse.cut.clean', modelTarget, afterThree)], async () => {
      await iterate()
      await iterate()
    })
    const sent = events.filter((event) => event.type === 'request.sent')
    expect(sent.map(({ logicalCall, attempt }) => [logicalCall, attempt])).toEqual([
      [0, 1],
      [0, 2],
    ])
  })
})
