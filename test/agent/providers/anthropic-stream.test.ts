import { expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { asksFor, atTheDesk, callsOf, fault, orderTool, refundTool } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

const first = { on: 'nth', n: 1 } as const

/** A desk whose primary streams in the words of Anthropic. */
function desk(change: Partial<Desk> = {}): Desk {
  return {
    provider: 'anthropic',
    ...change,
    options: { stream: true, retry: { maxAttempts: 2, baseMs: 1 }, ...change.options },
  }
}

it('a streamed reply is put together, a tool call among it', async () => {
  const played = await atTheDesk(desk({ primary: asksFor(orderTool, { id: 'A-1' }) }), (ask) => ask())
  expect(played.value).toEqual({ answer: 'It is done.', stop: 'end_turn' })
  expect(callsOf(played, orderTool)).toBe(1)
  expect(callsOf(played, 'primary')).toBe(2)
})

it.each<[string, JsonObject]>([
  ['sse.unknown_event', {}],
  ['sse.frames.split', {}],
  ['sse.utf8.split', {}],
  ['sse.comment', { everyMs: 1_000 }],
  ['sse.slow_tokens', {}],
])('a stream that is only strange gives the same answer: %s', async (id, parameters) => {
  const scene = desk({ primary: asksFor(orderTool, { id: 'Ä-1' }), faults: [fault(id, 'primary', first, parameters)] })
  const played = await atTheDesk(scene, (ask) => ask())
  expect(played.value).toEqual({ answer: 'It is done.', stop: 'end_turn' })
  expect(callsOf(played, 'primary')).toBe(2)
  expect(played.deliveries).toEqual([1])
  // The message is read to its stop, so that whoever looks on sees a whole one.
  expect(played.events.filter(({ type }) => type === 'request.aborted')).toEqual([])
})

it.each<[string, JsonObject]>([
  ['sse.error.anthropic', {}],
  ['sse.cut.clean', { afterFrames: 2 }],
  ['sse.cut.reset', { afterFrames: 2 }],
  ['sse.ping', {}],
  ['sse.order', { form: 'second_start' }],
])('a stream that breaks is a failed attempt, and another is made: %s', async (id, parameters) => {
  const scene = desk({ primary: asksFor(orderTool, { id: 'Ä-1' }), faults: [fault(id, 'primary', first, parameters)] })
  const played = await atTheDesk(scene, (ask) => ask())
  expect(played.value).toEqual({ answer: 'It is done.', stop: 'end_turn' })
  expect(callsOf(played, 'primary')).toBe(3)
})

it('no call is made of a stream that is cut, wherever that is', async () => {
  const cuts = Array.from({ length: 12 }, (_, index) => index + 1)
  for (const afterFrames of cuts) {
    const scene = desk({
      options: { retry: { maxAttempts: 1 } },
      primary: asksFor(refundTool),
      faults: [fault('sse.cut.clean', 'primary', { on: 'every', n: 1 }, { afterFrames })],
    })
    const played = await atTheDesk(scene, (ask) => ask())
    const isWhole = played.value.stop === 'end_turn'
    expect(callsOf(played, refundTool), `cut after ${afterFrames} frames`).toBe(isWhole ? 1 : 0)
  }
})

it('a breaker counts an error frame, which has no status, as a failure', async () => {
  const scene = desk({
    options: { breaker: { consecutiveFailures: 2, cooldownMs: 60_000 } },
    faults: [fault('sse.error.anthropic', 'primary')],
  })
  const played = await atTheDesk(scene, async (ask) => [await ask(), await ask()])
  expect(played.value[1]?.claims?.refusals).toEqual([expect.objectContaining({ upstream: 'primary', by: 'breaker' })])
  expect(callsOf(played, 'primary')).toBe(2)
})
