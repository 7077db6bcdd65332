import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenBodyMembers } from '../../../src/faults/families/broken-bodies.ts'
import { slowConnectionMembers } from '../../../src/faults/families/slow-connections.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, latencyMs, modelTarget, refundUnder, toolTarget } from '../_strike.ts'

const url = 'https://shop.test/long'
const text = 'x'.repeat(1_000)

/** A tool whose answer has 1 012 bytes. */
const long = () => toolBackend({ tool: 'long', method: 'GET', url, latencyMs, handle: () => toolResult({ text }) })

describe('a narrow connection', () => {
  it('takes as long as the bytes of the body do, and brings them all', async () => {
    const faults = [fault('net.bandwidth', toolTarget, { bytesPerSecond: 100 })]
    const { value, virtualMs, deliveries } = await play({ upstreams: [long()], faults }, async () =>
      (await fetch(url)).text(),
    )
    expect(value).toHaveLength(1_011)
    expect(JSON.parse(value)).toEqual({ text })
    expect(virtualMs).toBe(latencyMs + 10_110)
    expect(deliveries).toEqual([1])
  })

  it('lets no piece come before its bytes can have, whatever the width', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20_000 }), async (bytesPerSecond) => {
        const faults = [fault('net.bandwidth', toolTarget, { bytesPerSecond })]
        const { events } = await play({ upstreams: [long()], faults }, async () => (await fetch(url)).text())
        let come = 0
        for (const event of events) {
          if (event.type !== 'response.chunk') continue
          come += event.bytes
          expect((event.at - latencyMs) * bytesPerSecond).toBeGreaterThanOrEqual(come * 1_000)
        }
        expect(come).toBe(1_011)
      }),
      { numRuns: 30 },
    )
  })

  it('changes nothing of what a streamed reply says, and goes together with what does', async () => {
    const upstreams = () => [openAiChat({ script: () => ({ content: 'Your order has been shipped.' }) })]
    const narrow = fault('net.bandwidth', modelTarget, { bytesPerSecond: 1_000 })
    const finalMessage = () => sdk().chat.completions.stream(greeting).finalMessage()
    const { value } = await play({ upstreams: upstreams(), faults: [narrow] }, finalMessage)
    expect(value.content).toBe('Your order has been shipped.')
    const faults = [narrow, fault('sse.error.openai.chat', modelTarget, { afterFrames: 3 })]
    const both = await play({ upstreams: upstreams(), faults }, () => rejection(finalMessage()))
    expect([both.value.message, both.deliveries]).toEqual([expect.stringContaining('The server had an error'), [1, 1]])
  })
})

describe('a connection that is closed late', () => {
  it('holds back the end of an answer that nothing else delimits', async () => {
    const refund = await refundUnder(fault('net.slow_close', toolTarget, { ms: 8_000 }))
    expect(refund).toMatchObject({ status: 200, virtualMs: latencyMs + 8_000, deliveries: [1] })
    expect(refund.headers).toMatchObject({ connection: 'close' })
    expect(refund.body).toBe('{"refunded":"A-1"}')
  })

  it('is no success where the caller has less patience: it could not know that everything had come', async () => {
    const faults = [fault('net.slow_close', modelTarget, { ms: 60_000 })]
    const upstreams = [openAiChat({ script: () => ({ content: 'Your order has been shipped.' }) })]
    const { events } = await play({ upstreams, faults }, () =>
      rejection(sdk({ maxRetries: 0, timeout: 30_000 }).chat.completions.create(greeting)),
    )
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', class: 'indeterminate' })
  })
})

describe('a body that breaks off', () => {
  const broken = (id: string, afterBytes: number, stream: boolean) => {
    const faults = [fault(id, modelTarget, { afterBytes })]
    const upstreams = [openAiChat({ script: () => ({ content: 'Your order has been shipped.' }) })]
    return play({ upstreams, faults }, async () => {
      const response = await sdk()
        .chat.completions.create({ ...greeting, stream })
        .asResponse()
      const said: string[] = []
      const failure = await rejection(
        (async () => {
          for await (const piece of response.body ?? []) said.push(Buffer.from(piece).toString())
        })(),
      )
      return { said: said.join(''), failure }
    })
  }

  it.each(['net.length', 'net.limit_data', 'net.bad_chunk'])('%s leaves a reply that is not whole', async (id) => {
    const { value, events, deliveries } = await broken(id, 100_000_000, false)
    expect(value.failure).toMatchObject({ message: 'terminated' })
    expect(value.said).toMatch(/[^}]$/)
    expect(deliveries).toEqual([1])
    expect(events.at(-1)).toMatchObject({ type: 'request.failed', class: 'indeterminate' })
  })

  it.each(['net.limit_data', 'net.bad_chunk'])('%s never lets the end of a streamed reply through', async (id) => {
    for (const afterBytes of [0, 1, 300, 100_000_000]) {
      const { value, events } = await broken(id, afterBytes, true)
      expect(value.said.length).toBeLessThanOrEqual(afterBytes)
      expect(value.said).not.toContain('"finish_reason":"stop"')
      expect(events.at(-1)).toMatchObject({ type: 'request.failed', class: 'indeterminate' })
    }
  })

  it('net.length is not for streams, which have no length', async () => {
    const faults = [fault('net.length', modelTarget, { afterBytes: 4 })]
    const upstreams = [openAiChat({ script: () => ({ content: 'Hello.' }) })]
    const { deliveries } = await play({ upstreams, faults }, () =>
      sdk().chat.completions.stream(greeting).finalMessage(),
    )
    expect(deliveries).toEqual([0])
  })
})

it('every member of the families is tested here', () => {
  const ids = [...brokenBodyMembers, ...slowConnectionMembers].map(({ id }) => id)
  expect(ids).toEqual(['net.length', 'net.limit_data', 'net.bad_chunk', 'net.bandwidth', 'net.slow_close'])
})
