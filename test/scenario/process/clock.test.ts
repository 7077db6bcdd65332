import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { Agent } from '../../../src/contract/task.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { post, refundScenario, refundTool, refundUrl, runUnder } from './_refunds.ts'

/** What an agent saw of time after it was answered. */
async function seenUnder(id: string, parameters: JsonObject, look: (note: (what: string) => void) => Promise<void>) {
  const seen: string[] = []
  const agent: Agent = async ({ id: orderId }) => {
    await post(refundUrl, { orderId })
    await look((what) => seen.push(`${Date.now() - Date.UTC(2026, 0, 1)} ${performance.now()} ${what}`))
    return { answer: 'Refunded.', stop: 'end_turn' }
  }
  const result = await runUnder(
    refundScenario(() => agent),
    every(id, refundTool, parameters, { on: 'nth', n: 1 }),
  )
  return { ...result, seen }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function threeTimers(note: (what: string) => void): Promise<void> {
  note('begins')
  await Promise.all([200, 90, 1_200].map((ms) => wait(ms).then(() => note(`timer of ${ms} ms`))))
}

describe('the clocks of an agent', () => {
  it.each([
    ['clock.jump_forward', 3_600_000],
    ['clock.jump_back', -3_600_000],
  ])('under %s: the wall clock is off, and nothing else', async (id, offsetMs) => {
    const { seen, deliveries, told, violated } = await seenUnder(id, { byMs: 3_600_000 }, threeTimers)
    expect(seen).toEqual([
      `${40 + offsetMs} 40 begins`,
      `${130 + offsetMs} 130 timer of 90 ms`,
      `${240 + offsetMs} 240 timer of 200 ms`,
      `${1_240 + offsetMs} 1240 timer of 1200 ms`,
    ])
    expect({ deliveries, violated }).toEqual({ deliveries: [1], violated: [] })
    expect(told).toContain('40 clock.jumped')
  })

  it('under a block: what falls due meanwhile fires late, in its order, and the rest on time', async () => {
    const { seen, told, violated } = await seenUnder('process.block', { forMs: 1_000, afterMs: 50 }, threeTimers)
    expect(seen).toEqual([
      '40 40 begins',
      '1090 1090 timer of 90 ms',
      '1090 1090 timer of 200 ms',
      '1240 1240 timer of 1200 ms',
    ])
    expect(told).toContain('90 process.blocked')
    expect(violated).toEqual([])
  })

  it('with late timers: each waits for the next moment at which timers fire, and answers come on time', async () => {
    const { seen, deliveries } = await seenUnder('clock.late_timers', { spanMs: 500, forMs: 1_000 }, async (note) => {
      await threeTimers(note)
      await post(refundUrl, { orderId: 'A-2' })
      note('is answered')
    })
    expect(seen).toEqual([
      '40 40 begins',
      '500 500 timer of 90 ms',
      '500 500 timer of 200 ms',
      '1240 1240 timer of 1200 ms',
      '1280 1280 is answered',
    ])
    expect(deliveries).toEqual([1])
  })

  it('with late timers that none is late for: the fault has not struck', async () => {
    const { deliveries } = await seenUnder('clock.late_timers', { spanMs: 500, forMs: 1_000 }, async () => {})
    expect(deliveries).toEqual([0])
  })
})
