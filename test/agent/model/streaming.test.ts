import { describe, expect, it } from 'vitest'
import { asksFor, atTheDesk, callsOf, fault, refundTool } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

const stream: Desk['options'] = { stream: true, retry: { maxAttempts: 2, baseMs: 1 } }
const first = { on: 'nth', n: 1 } as const

describe('a streamed reply', () => {
  it('is put together, text and tool calls alike', async () => {
    const played = await atTheDesk({ options: stream, primary: asksFor(refundTool) }, (ask) => ask())
    expect(played.value).toEqual({ answer: 'It is done.', stop: 'end_turn' })
    expect(callsOf(played, refundTool)).toBe(1)
    expect(played.events.some(({ type }) => type === 'request.aborted')).toBe(false)
  })

  it('that comes as JSON instead is read as what it is', async () => {
    for (const provider of ['openai', 'anthropic'] as const) {
      const faults = [fault('sse.as_json', 'primary')]
      const scene: Desk = { provider, options: stream, primary: asksFor(refundTool), faults }
      const played = await atTheDesk(scene, (ask) => ask())
      expect(played.value).toEqual({ answer: 'It is done.', stop: 'end_turn' })
      expect([callsOf(played, 'primary'), callsOf(played, refundTool), played.deliveries]).toEqual([2, 1, [2]])
    }
  })

  it('with parallel tool calls is told apart by their index', async () => {
    const calls = ['A-1', 'A-2'].map((id) => ({ name: 'look_up_order', arguments: { id } }))
    const played = await atTheDesk(
      {
        options: stream,
        primary: ({ messages }) =>
          messages.some(({ role }) => role === 'tool') ? { content: 'Both.' } : { toolCalls: calls },
      },
      (ask) => ask(),
    )
    const asked = played.events.flatMap((event) =>
      event.type === 'request.sent' && event.tool ? [event.tool.arguments] : [],
    )
    expect(asked).toEqual([{ id: 'A-1' }, { id: 'A-2' }])
  })

  it.each([
    ['sse.cut.chunked', { afterFrames: 3 }],
    ['sse.cut.reset', { afterFrames: 3 }],
    ['sse.cut.close', { afterFrames: 3 }],
    ['sse.cut.clean', { afterFrames: 3 }],
    ['sse.malformed', { afterFrames: 2 }],
    ['sse.error.openai.chat', { afterFrames: 2 }],
    ['sse.error.chunk+error', { afterFrames: 2 }],
    ['sse.error.numeric', { afterFrames: 2, code: 502 }],
    ['sse.partial_json', { afterFrames: 2 }],
    ['sse.bad_gzip', {}],
  ])('that breaks off by %s is asked for again as a whole, and nothing of it is done', async (id, parameters) => {
    const played = await atTheDesk(
      { options: stream, primary: asksFor(refundTool), faults: [fault(id, 'primary', first, parameters)] },
      (ask) => ask(),
    )
    expect(played.value).toEqual({ answer: 'It is done.', stop: 'end_turn' })
    expect(callsOf(played, 'primary')).toBe(3)
    expect(played.events.filter(({ type }) => type === 'effect.applied')).toHaveLength(1)
  })

  it('that breaks off each time is no answer, however much of it came', async () => {
    const faults = [fault('sse.cut.clean', 'primary', undefined, { afterFrames: 3 })]
    const played = await atTheDesk({ options: stream, faults }, (ask) => ask())
    expect(played.value).toEqual({ answer: null, stop: 'llm_api_error' })
    expect(callsOf(played, 'primary')).toBe(2)
  })

  it.each([
    ['sse.unknown_event', { afterFrames: 2 }],
    ['tool.index', { form: 'missing' }],
    ['tool.index', { form: 'changing_id' }],
  ])('that is odd by %s %o says what it says all the same', async (id, parameters) => {
    const played = await atTheDesk(
      { options: stream, primary: asksFor(refundTool), faults: [fault(id, 'primary', first, parameters)] },
      (ask) => ask(),
    )
    expect(played.value).toEqual({ answer: 'It is done.', stop: 'end_turn' })
    expect([callsOf(played, 'primary'), callsOf(played, refundTool)]).toEqual([2, 1])
  })

  it('that brings nothing but signs of life is ended by the limit of the whole attempt', async () => {
    const options = { stream: true, retry: { maxAttempts: 1 }, timeouts: { modelMs: 60_000, idleMs: 20_000 } }
    const faults = [fault('sse.ping', 'primary', undefined, { afterFrames: 2, everyMs: 15_000 })]
    const { value, events } = await atTheDesk({ options, faults }, (ask) => ask())
    expect(value.stop).toBe('llm_api_error')
    expect(events.find(({ type }) => type === 'request.aborted')?.at).toBe(60_000)
  })

  it('that fails with a number for a code is claimed in words', async () => {
    const faults = [fault('sse.error.numeric', 'primary', undefined, { afterFrames: 0, code: 400 })]
    const options: NonNullable<Desk['options']> = {
      ...stream,
      fallback: { sources: [{ kind: 'text', text: 'Ask at the desk.' }] },
    }
    const { value } = await atTheDesk({ options, faults }, (ask) => ask())
    expect(value.claims?.error).toMatchObject({ upstream: 'primary', status: null, code: '400' })
  })

  it('that ends without [DONE] is whole, since its finish reason has come', async () => {
    const played = await atTheDesk({ options: stream, faults: [fault('sse.nodone', 'primary')] }, (ask) => ask())
    expect(played.value).toEqual({ answer: 'From the primary.', stop: 'end_turn' })
    expect(callsOf(played, 'primary')).toBe(1)
  })
})

it('a streamed reply that came whole is taken, wherever the time limit falls', async () => {
  const slow = [fault('sse.slow_tokens', 'primary', undefined, { ms: 2_000 })]
  const limits = Array.from({ length: 30 }, (_, index) => 1_000 + index * 500)
  const stops = limits.map(async (modelMs) => {
    const options = { stream: true, retry: { maxAttempts: 1 }, timeouts: { modelMs } }
    const { events, value } = await atTheDesk({ options, faults: slow }, (ask) => ask())
    const isWhole = events.some((event) => event.type === 'response.end' && event.class === 'success')
    expect([modelMs, value.stop]).toEqual([modelMs, isWhole ? 'end_turn' : 'llm_api_error'])
    return value.stop
  })
  expect(new Set(await Promise.all(stops))).toEqual(new Set(['llm_api_error', 'end_turn']))
})

describe('the silence of a stream', () => {
  const once: Desk['options'] = { stream: true }

  it('before its first piece is ended by its own limit', async () => {
    const options = { ...once, timeouts: { firstTokenMs: 4_000, idleMs: 1_000 } }
    const played = await atTheDesk({ options, faults: [fault('net.hang.headers', 'primary')] }, (ask) => ask())
    expect(played.value.stop).toBe('llm_api_error')
    expect(played.events.find(({ type }) => type === 'request.aborted')?.at).toBe(4_000)
  })

  it('between two pieces is ended that long after the last of them', async () => {
    const options = { ...once, timeouts: { firstTokenMs: 4_000, idleMs: 1_000 } }
    const faults = [fault('sse.stall', 'primary', first, { afterFrames: 2 })]
    const { events, value } = await atTheDesk({ options, faults }, (ask) => ask())
    const lastPiece = events.findLast(({ type }) => type === 'response.chunk')?.at ?? 0
    expect(value.stop).toBe('llm_api_error')
    expect(events.find(({ type }) => type === 'request.aborted')?.at).toBe(lastPiece + 1_000)
  })
})

it('a part that takes what has come of a cut stream makes the agent act on half a reply', async () => {
  const places = Array.from({ length: 12 }, (_, index) => index + 1)
  const acted = places.map(async (afterFrames) => {
    const played = await atTheDesk(
      {
        options: stream,
        primary: asksFor(refundTool),
        faults: [fault('sse.cut.clean', 'primary', first, { afterFrames })],
        parts: { cutStream: (partial) => partial },
      },
      (ask) => ask(),
    )
    return played.events.find((event) => event.type === 'request.sent' && event.call === 1)
  })
  expect(await Promise.all(acted)).toContainEqual(expect.objectContaining({ kind: 'tool', upstream: refundTool }))
})
