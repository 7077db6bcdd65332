import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/contract/fault.ts'
import { atTheDesk, callsOf, failing, fault, simplified, sleep } from '../agent/_desk.ts'

/** Opens at the second failure in a row, and lets one probe through ten seconds later. */
const breaker = { consecutiveFailures: 2, cooldownMs: 10_000, probeTimeoutMs: 5_000 }
const withFallback = { breaker, fallback: { sources: [simplified] } }

/** The third call of the primary is the probe. */
const atTheProbe = { on: 'nth', n: 3 } as const

/** Who answers the probing task and the two after it, when the breaker has opened and its cooldown is over. */
async function afterTheCooldown(probe: readonly Fault[]) {
  const played = await atTheDesk({ options: withFallback, faults: [failing(2), ...probe] }, async (ask) => {
    await ask()
    await ask()
    await sleep(10_000)
    return [await ask(), await ask(), await ask()].map(({ claims }) => claims?.source)
  })
  return { sources: played.value, calls: callsOf(played, 'primary') }
}

describe('a half-open probe', () => {
  it('that succeeds closes the breaker: the primary has every task again', async () => {
    expect(await afterTheCooldown([])).toEqual({ sources: ['primary', 'primary', 'primary'], calls: 5 })
  })

  it.each<[string, Fault]>([
    ['fails', fault('openai.500', 'primary', atTheProbe)],
    ['hangs', fault('net.hang.headers', 'primary', atTheProbe)],
    ['is slower than its time', fault('latency.fixed', 'primary', atTheProbe, { ms: 20_000 })],
  ])('that %s opens it again: one call, and the fallback has the rest', async (_what, probe) => {
    expect(await afterTheCooldown([probe])).toEqual({ sources: ['simplified', 'simplified', 'simplified'], calls: 3 })
  })

  it('that is slow within its time closes it', async () => {
    const slow = fault('latency.fixed', 'primary', atTheProbe, { ms: 4_000 })
    expect(await afterTheCooldown([slow])).toEqual({ sources: ['primary', 'primary', 'primary'], calls: 5 })
  })

  it('that is refused as wrong proves nothing of the service, and does not lock the breaker', async () => {
    const { sources, calls } = await afterTheCooldown([fault('openai.400', 'primary', atTheProbe)])
    expect(sources.slice(1)).toEqual(['primary', 'primary'])
    expect(calls).toBe(5)
  })

  it('is one, where two tasks come at once', async () => {
    const played = await atTheDesk({ options: withFallback, faults: [failing(2)] }, async (ask) => {
      await ask()
      await ask()
      await sleep(10_000)
      const both = await Promise.all([ask(), ask()])
      return both.map(({ claims }) => claims?.source)
    })
    expect(played.value).toEqual(['primary', 'simplified'])
    expect(callsOf(played, 'primary')).toBe(3)
  })
})

describe('an open breaker', () => {
  it('sends nobody to the primary while a fallback is in use already', async () => {
    const slow = fault('latency.fixed', 'backup', { on: 'every', n: 1 }, { ms: 3_000 })
    const played = await atTheDesk({ options: withFallback, faults: [failing(99), slow] }, async (ask) => {
      await ask()
      const second = ask()
      await sleep(2_000)
      return [await ask(), await second].map(({ claims }) => [claims?.source, claims?.refusals?.length])
    })
    expect(played.value).toEqual([
      ['simplified', 1],
      ['simplified', 0],
    ])
    expect(callsOf(played, 'primary')).toBe(2)
  })
})

describe('a primary that recovers', () => {
  it('gets its tasks back once, and keeps them', async () => {
    const outage = fault('openai.503', 'primary', { on: 'between', fromMs: 0, toMs: 12_000 })
    const played = await atTheDesk({ options: withFallback, faults: [outage] }, async (ask) => {
      const sources = []
      for (let task = 0; task < 12; task++) sources.push((await ask({ atMs: 3_000 })).claims?.source)
      return sources.map((source) => source === 'primary')
    })
    const changes = played.value.filter((isPrimary, index) => index > 0 && isPrimary !== played.value[index - 1])
    expect(changes).toEqual([true])
    expect(played.value.at(-1)).toBe(true)
  })
})
