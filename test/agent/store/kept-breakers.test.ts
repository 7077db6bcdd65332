import { inLives } from './_lives.ts'
import type { AskLife } from './_lives.ts'
import { openStore } from './_store.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CircuitBreaker } from '../../../src/agent/resilience/circuit-breaker.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { KeptBreakers } from '../../../src/agent/store/kept-breakers.ts'
import { callsOf, failing, fault, sleep } from '../_desk.ts'

const breaker = { consecutiveFailures: 2, cooldownMs: 30_000 }
const safeMode = { failedTasks: 2, message: 'Closed for a moment.', probeAfterMs: 20_000 }

async function times(count: number, ask: AskLife): Promise<void> {
  for (let task = 0; task < count; task++) await ask()
}

/** What a task came to: its answer, or for how long it was refused. */
async function asked(ask: AskLife): Promise<string | number | null | undefined> {
  const { answer, claims } = await ask()
  return claims?.refusals[0] ? claims.refusals[0].retryAfterMs : answer
}

describe('a breaker with a store', () => {
  it('is still open in the next process, until its cooldown is over and no longer', async () => {
    const { value } = await inLives({ options: { breaker }, faults: [failing(2)] }, async (born) => {
      await times(2, born())
      await sleep(10_000)
      const later = born()
      const atOnce = await asked(later)
      await sleep(19_999)
      const before = await asked(later)
      await sleep(1)
      return [atOnce, before, await asked(later)]
    })
    expect(value).toEqual([20_000, 1, 'From the primary.'])
  })

  it('that has closed is closed in the next process', async () => {
    const played = await inLives({ options: { breaker }, faults: [failing(2)] }, async (born) => {
      const first = born()
      await times(2, first)
      await sleep(30_000)
      await first()
      return asked(born())
    })
    expect(played.value).toBe('From the primary.')
    expect(callsOf(played, 'primary')).toBe(4)
  })

  it('holds no probe of a process that is gone', async () => {
    const hung = fault('net.hang.headers', 'primary', { on: 'nth', n: 3 })
    const gone = new AbortController()
    const { value } = await inLives({ options: { breaker }, faults: [failing(2), hung] }, async (born) => {
      const first = born()
      await times(2, first)
      await sleep(30_000)
      const probe = first('Are you there?', { signal: gone.signal })
      await sleep(1_000)
      const refusals = (await first()).claims?.refusals.length
      const next = await asked(born())
      gone.abort()
      return [refusals, next, (await probe).stop]
    })
    expect(value).toEqual([1, 'From the primary.', 'cancelled'])
  })

  it('keeps the cooldown that failed probes have lengthened', async () => {
    const growing = { ...breaker, cooldownGrowth: { factor: 2, capMs: 100_000 } }
    const { value } = await inLives({ options: { breaker: growing }, faults: [failing(4)] }, async (born) => {
      await times(2, born())
      await sleep(30_000)
      await times(1, born())
      const reopened = await asked(born())
      await sleep(60_000)
      await times(1, born())
      return [reopened, await asked(born())]
    })
    expect(value).toEqual([60_000, 100_000])
  })

  it('is not held longer than a cooldown by a clock that was set back, however often it is made anew', async () => {
    const { value } = await inLives({ options: { breaker }, faults: [failing(2)] }, async (born) => {
      await times(2, born())
      const store = openStore()
      const record = await store.breakers.get('endpoint primary')
      // As it looks to a process whose clock is an hour behind that of the one before.
      if (record) await store.write([store.breakers.put({ ...record, openUntilMs: Date.now() + 3_630_000 })])
      const atOnce = await asked(born())
      await sleep(29_999)
      const before = await asked(born())
      await sleep(1)
      return [record?.state, atOnce, before, await asked(born())]
    })
    expect(value).toEqual(['open', 30_000, 1, 'From the primary.'])
  })

  it('lets a probe through where the clock was set forward beyond its cooldown', async () => {
    const { value } = await inLives({ options: { breaker }, faults: [failing(3)] }, async (born) => {
      await times(2, born())
      const store = openStore()
      const record = await store.breakers.get('endpoint primary')
      if (record) await store.write([store.breakers.put({ ...record, openUntilMs: Date.now() - 3_600_000 })])
      const later = born()
      return [(await later()).claims?.error?.status, await asked(later)]
    })
    // The probe has failed, and opens it for a cooldown from then on.
    expect(value).toEqual([503, 30_000])
  })

  it('follows the shorter cooldown of a program that has been changed meanwhile', async () => {
    const { value } = await inLives({ options: { breaker }, faults: [failing(2)] }, async (born) => {
      await times(2, born())
      return asked(born({ breaker: { ...breaker, cooldownMs: 5_000 } }))
    })
    expect(value).toBe(5_000)
  })

  it('knows the endpoints of fallbacks apart', async () => {
    const model = { name: 'backup', apiKey: 'key', baseURL: 'https://backup.test/v1', model: 'small' }
    const fallback = { sources: [{ kind: 'model', client: model, instructions: 'Be brief.' }] } as const
    const options = { breaker, fallback: { sources: [...fallback.sources] } }
    const played = await inLives({ options, faults: [failing(2)] }, async (born) => {
      await times(2, born())
      return (await born()()).answer
    })
    expect(played.value).toBe('From the backup.')
    expect([callsOf(played, 'primary'), callsOf(played, 'backup')]).toEqual([2, 3])
  })
})

describe('safe mode with a store', () => {
  it('goes on in the next process, and its way out is one task', async () => {
    const played = await inLives({ options: { safeMode }, faults: [failing(2)] }, async (born) => {
      await times(2, born())
      await sleep(5_000)
      const later = born()
      const { answer, claims } = await later()
      await sleep(15_000)
      return [answer, claims?.refusals[0]?.retryAfterMs, await asked(later), await asked(born())]
    })
    expect(played.value).toEqual(['Closed for a moment.', 15_000, 'From the primary.', 'From the primary.'])
    expect(callsOf(played, 'primary')).toBe(4)
  })
})

/** When a breaker fails and succeeds, and when the process is another one, with a clock that is off by so much. */
const anyMoment = fc.record({
  afterMs: fc.integer({ min: 0, max: 2_500 }),
  what: fc.constantFrom('call' as const, 'call' as const, 'new process' as const),
  good: fc.boolean(),
})

describe('over any schedule, a breaker that is kept', () => {
  const rule = { consecutiveFailures: 1, cooldownMs: 1_000, probesAtOnce: 1, probesToClose: 1 }
  const settings = { ...rule, cooldownGrowth: { factor: 2, capMs: 4_000 } }

  it('lets through what it would let through in one process', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMoment, { maxLength: 30 }), async (moments) => {
        let nowMs = Date.now()
        const store = memoryStore()
        const make = () => new CircuitBreaker(settings, undefined, () => nowMs)
        const lasting = make()
        let [kept, keeper] = await reborn()
        for (const { afterMs, what, good } of moments) {
          nowMs += afterMs
          if (what === 'new process') [kept, keeper] = await reborn()
          const [one, other] = [lasting.admit(), kept.admit()]
          expect(other.admitted).toBe(one.admitted)
          if (!one.admitted && !other.admitted) expect(other.retryAfterMs).toBe(one.retryAfterMs)
          const end = { class: good ? 'success' : 'failure', tookMs: 0 } as const
          if (one.admitted) one.settle(end)
          if (other.admitted) other.settle(end)
          await store.write(keeper.take().changes)
        }
        async function reborn(): Promise<[CircuitBreaker, KeptBreakers]> {
          const breaker = make()
          const breakers = new KeptBreakers(store, new Map([['one', breaker]]), () => nowMs)
          await breakers.load({})
          return [breaker, breakers]
        }
      }),
    )
  })

  it('never has more left than a cooldown, whatever the clocks of its processes say', async () => {
    const skew = fc.integer({ min: -10_000_000, max: 10_000_000 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyMoment, skew), { maxLength: 30 }), async (moments) => {
        let nowMs = 0
        const store = memoryStore()
        for (const [{ afterMs, good }, skewMs] of moments) {
          nowMs += afterMs
          const breaker = new CircuitBreaker(settings, undefined, () => nowMs)
          const keeper = new KeptBreakers(store, new Map([['one', breaker]]), () => nowMs + skewMs)
          await keeper.load({})
          const permit = breaker.admit()
          if (permit.admitted) permit.settle({ class: good ? 'success' : 'failure', tookMs: 0 })
          else expect(permit.retryAfterMs).toBeLessThanOrEqual(4_000)
          await store.write(keeper.take().changes)
        }
      }),
    )
  })
})
