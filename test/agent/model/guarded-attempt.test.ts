import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atTheDesk, callsOf, failing, fault, sleep } from '../_desk.ts'
import type { Ask } from '../_desk.ts'

const breaker = { consecutiveFailures: 2, cooldownMs: 10_000, probeTimeoutMs: 5_000 }

async function inARow(ask: Ask, count: number) {
  const outcomes = []
  for (let index = 0; index < count; index++) outcomes.push(await ask())
  return outcomes
}

describe('an agent with a breaker', () => {
  it('stops calling after so many failures, over all its tasks, and says what it refused and for how long', async () => {
    const played = await atTheDesk({ options: { breaker }, faults: [failing(9)] }, (ask) => inARow(ask, 4))
    expect(callsOf(played, 'primary')).toBe(2)
    expect(played.value.map(({ stop }) => stop)).toEqual(['llm_api_error', 'llm_api_error', 'error', 'error'])
    expect(played.value[2]?.claims).toMatchObject({
      source: 'none',
      degraded: false,
      refusals: [{ upstream: 'primary', by: 'breaker', retryAfterMs: 10_000 }],
      error: { upstream: 'primary', status: null, code: null, attempts: 0 },
    })
  })

  it('is not opened by bills that are unpaid, which say nothing of the endpoint', async () => {
    const unpaid = fault('anthropic.402', 'primary', { on: 'every', n: 1 })
    const scene = { provider: 'anthropic', options: { breaker }, faults: [unpaid] } as const
    const played = await atTheDesk(scene, (ask) => inARow(ask, 4))
    expect(callsOf(played, 'primary')).toBe(4)
  })

  it('passes it with each attempt, so that a retry can be refused', async () => {
    const options = { breaker, retry: { maxAttempts: 5, baseMs: 1 } }
    const played = await atTheDesk({ options, faults: [failing(9)] }, (ask) => ask())
    expect(callsOf(played, 'primary')).toBe(2)
    expect(played.value.claims).toMatchObject({ error: { status: 503, attempts: 2 }, refusals: [{ by: 'breaker' }] })
  })

  it('is not moved by requests that were refused as wrong', async () => {
    const wrong = fault('openai.400', 'primary')
    const played = await atTheDesk({ options: { breaker }, faults: [wrong] }, (ask) => inARow(ask, 4))
    expect(callsOf(played, 'primary')).toBe(4)
  })

  it('sends one probe when the cooldown is over, and goes on after its success', async () => {
    const played = await atTheDesk({ options: { breaker }, faults: [failing(2)] }, async (ask) => {
      await inARow(ask, 2)
      await sleep(10_000)
      const together = await Promise.all([ask(), ask()])
      return [...together, await ask()].map(({ stop }) => stop)
    })
    expect(played.value).toEqual(['end_turn', 'error', 'end_turn'])
  })

  it('gives a hung probe up, and opens again at that moment', async () => {
    const silence = fault('net.hang.headers', 'primary', { on: 'nth', n: 3 })
    const played = await atTheDesk({ options: { breaker }, faults: [failing(2), silence] }, async (ask) => {
      await inARow(ask, 2)
      await sleep(10_000)
      await ask()
      const refused = await ask()
      return refused.claims?.refusals
    })
    expect(played.value).toMatchObject([{ by: 'breaker', retryAfterMs: 10_000 }])
    expect(played.events.find(({ type }) => type === 'request.aborted')?.at).toBe(1_200 + 10_000 + 5_000)
  })

  it('lets the next probe through after one that was cancelled', async () => {
    const played = await atTheDesk({ options: { breaker }, faults: [failing(2)] }, async (ask) => {
      await inARow(ask, 2)
      await sleep(10_000)
      const cancelled = await ask({ cancelAfterMs: 100 })
      return [cancelled, await ask(), await ask()].map(({ stop }) => stop)
    })
    expect(played.value).toEqual(['cancelled', 'end_turn', 'end_turn'])
  })
})

describe('an agent with a bulkhead', () => {
  const bulkhead = { maxConcurrent: 2, maxQueued: 3 }

  it('has so many calls under way, lets so many wait, and refuses the rest at once', async () => {
    const played = await atTheDesk({ options: { bulkhead } }, (ask) =>
      Promise.all(Array.from({ length: 7 }, () => ask())),
    )
    expect(mostAtOnce(played.events)).toBe(2)
    expect(played.value.filter(({ stop }) => stop === 'end_turn')).toHaveLength(5)
    const refusals = played.value.flatMap(({ claims }) => claims?.refusals ?? [])
    expect(refusals.map(({ by }) => by)).toEqual(['bulkhead', 'bulkhead'])
    expect(new Set(refusals.map(({ atMs }) => atMs)).size).toBe(1)
  })

  it('has every slot back, however its calls ended', async () => {
    const ending = fc.constantFrom('openai.503', 'net.hang.headers', 'net.reset', 'openai.400', 'none')
    const tasks = fc.array(
      fc.record({ ending, cancelAfterMs: fc.option(fc.integer({ min: 0, max: 8_000 }), { nil: undefined }) }),
      { minLength: 1, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(tasks, async (drawn) => {
        const faults = drawn.flatMap(({ ending: id }, index) =>
          id === 'none'
            ? []
            : [fault(id, 'primary', { on: 'nth', n: index + 1 }, id === 'net.reset' ? { isWorkDone: true } : {})],
        )
        const options = { bulkhead: { maxConcurrent: 2, maxQueued: 12 }, timeouts: { modelMs: 3_000 } }
        const played = await atTheDesk({ options, faults }, async (ask) => {
          await Promise.all(drawn.map(({ cancelAfterMs }) => ask(cancelAfterMs === undefined ? {} : { cancelAfterMs })))
          await sleep(60_000)
          await Promise.all([ask(), ask()])
        })
        const last = played.events.filter(({ at }) => at >= 60_000)
        expect(mostAtOnce(last)).toBe(2)
        expect(mostAtOnce(played.events)).toBeLessThanOrEqual(2)
      }),
      { numRuns: 60 },
    )
  })
})

describe('an agent with a budget of retries', () => {
  it('stops retrying when it is used up, and a success refills it', async () => {
    const retry = { maxAttempts: 3, baseMs: 1, capMs: 1, budget: { capacity: 3, perSuccess: 1 } }
    const later = fault('openai.503', 'primary', { on: 'burst', from: 7, length: 99 })
    const played = await atTheDesk({ options: { retry }, faults: [failing(5), later] }, async (ask) => {
      for (const input of ['first', 'second', 'third', 'fourth']) await ask({ input })
    })
    const attempts = played.events.flatMap((event) => (event.type === 'request.sent' ? [event.attempt] : []))
    expect(attempts).toEqual([1, 2, 3, 1, 2, 1, 1, 2])
  })
})

function mostAtOnce(events: readonly { readonly type: string }[]): number {
  let open = 0
  let most = 0
  for (const { type } of events) {
    if (type === 'request.sent') most = Math.max(most, ++open)
    if (type === 'response.end' || type === 'request.failed' || type === 'request.aborted') open -= 1
  }
  return most
}
