import { describe, expect, it } from 'vitest'
import { latencyMembers } from '../../../src/faults/families/latency.ts'
import { logNormalMs } from '../../../src/faults/families/log-normal.ts'
import { keyedUniform } from '../../../src/simulation/keyed-hash.ts'
import { greeting, play, sdk } from '../../wire/_play.ts'
import { fault, latencyMs, model, modelTarget, refundUnder, toolTarget } from '../_strike.ts'

/** 99.9 % of a binomial lie within 3.29 standard deviations of its mean, by the normal approximation. */
const z999 = 3.2905

describe('a slow upstream', () => {
  it('answers a tool call exactly so much later', async () => {
    const seen = await refundUnder(fault('latency.fixed', toolTarget, { ms: 6_000 }))
    expect(seen).toMatchObject({ status: 200, body: '{"refunded":"A-1"}', virtualMs: latencyMs + 6_000 })
  })

  it('answers a model call exactly so much later', async () => {
    const faults = [fault('latency.fixed', modelTarget, { ms: 45_000 })]
    const { virtualMs } = await play({ upstreams: [model()], faults }, () => sdk().chat.completions.create(greeting))
    expect(virtualMs).toBe(600 + 45_000)
  })

  it('adds up with another slowness', async () => {
    const faults = [100, 2_000].map((ms) => fault('latency.fixed', toolTarget, { ms }))
    expect(await refundUnder(...faults)).toMatchObject({ virtualMs: latencyMs + 2_100, deliveries: [1, 1] })
  })

  it('delays an error as well as an answer', async () => {
    const faults = [fault('latency.fixed', toolTarget, { ms: 2_000 }), fault('tool.error', toolTarget, { status: 500 })]
    expect(await refundUnder(...faults)).toMatchObject({
      status: 500,
      virtualMs: latencyMs + 2_000,
      deliveries: [1, 1],
    })
  })

  it('stays between the ends of a uniform range, which are both reached', async () => {
    const delays = await delaysOf(
      fault('latency.uniform', modelTarget, { minMs: 3, maxMs: 7 }, { on: 'every', n: 1 }),
      200,
    )
    expect([...new Set(delays)].toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7])
  })

  it('is log-normal about its median and 99th percentile', async () => {
    const parameters = { p50Ms: 800, p99Ms: 6_000 }
    const delays = await delaysOf(fault('latency.lognormal', modelTarget, parameters, { on: 'every', n: 1 }), 300)
    const within = (share: number, trials: number): number => z999 * Math.sqrt(share * (1 - share) * trials)
    const below = delays.filter((ms) => ms <= 800).length
    expect(Math.abs(below - 150)).toBeLessThanOrEqual(within(0.5, 300))
    expect(new Set(delays).size).toBeGreaterThan(250)
  })
})

describe('an upstream that holds answers back', () => {
  const held = fault('latency.until', toolTarget, { untilMs: 5_000 }, { on: 'every', n: 1 })

  it('gives them at its own time, after the latency of the call', async () => {
    expect(await refundUnder(held)).toMatchObject({ status: 200, virtualMs: 5_000 + latencyMs, deliveries: [1] })
  })

  it('leaves alone, and does not count, what is called later', async () => {
    const late = fault('latency.fixed', toolTarget, { ms: 1 })
    const past = { ...held, parameters: { untilMs: 1 } }
    const { deliveries } = await play(
      { upstreams: [model()], faults: [{ ...past, target: modelTarget }, late] },
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        await sdk().chat.completions.create(greeting)
      },
    )
    expect(deliveries).toEqual([0, 0])
  })
})

/** The delays that one fault adds to so many calls, one after another. */
async function delaysOf(slowness: ReturnType<typeof fault>, calls: number): Promise<number[]> {
  const { events } = await play({ upstreams: [model()], faults: [slowness] }, async () => {
    const client = sdk()
    for (let call = 0; call < calls; call++) await client.chat.completions.create(greeting)
  })
  const sent = events.filter((event) => event.type === 'request.sent').map(({ at }) => at)
  const ended = events.filter((event) => event.type === 'response.end').map(({ at }) => at)
  return ended.map((at, index) => at - (sent[index] ?? 0) - 600)
}

describe('the log-normal draw', () => {
  it('has its median and 99th percentile where it was told, over 20 000 keyed draws', () => {
    const draws = 20_000
    for (const [p50Ms, p99Ms] of [
      [800, 6_000],
      [200, 2_000],
      [200, 30_000],
    ] as const) {
      const drawn = Array.from({ length: draws }, (_, index) =>
        logNormalMs(p50Ms, p99Ms, keyedUniform('seed', 'fault', 'openai', index + 1, 'latency')),
      )
      // Rounding to whole milliseconds moves the bound itself by half of one at most.
      for (const [bound, share] of [
        [p50Ms + 0.5, 0.5],
        [p99Ms + 0.5, 0.99],
      ] as const) {
        const below = drawn.filter((ms) => ms < bound).length
        expect(Math.abs(below - share * draws)).toBeLessThanOrEqual(z999 * Math.sqrt(share * (1 - share) * draws) + 10)
      }
    }
  })

  it('gives its percentiles exactly, is constant where they agree, and stays finite at both ends', () => {
    expect(logNormalMs(800, 6_000, 0.5)).toBe(800)
    expect(logNormalMs(800, 6_000, 0.99)).toBe(6_000)
    expect([0, 0.3, 0.999].map((uniform) => logNormalMs(500, 500, uniform))).toEqual([500, 500, 500])
    expect(logNormalMs(800, 6_000, 0)).toBeGreaterThanOrEqual(0)
    expect(logNormalMs(800, 6_000, 1 - Number.EPSILON)).toBeLessThanOrEqual(60_000)
  })

  it('rises with the number it is drawn from', () => {
    const drawn = Array.from({ length: 1_001 }, (_, index) => logNormalMs(800, 6_000, index / 1_000))
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
  })
})

it('an answer that degrades comes later with each strike', async () => {
  const delays = await delaysOf(fault('latency.degrading', modelTarget, { stepMs: 100 }, { on: 'every', n: 1 }), 3)
  expect(delays).toEqual([100, 200, 300])
})

it('every member of the family is tested above', () => {
  expect(latencyMembers.map(({ id }) => id)).toEqual([
    'latency.fixed',
    'latency.uniform',
    'latency.lognormal',
    'latency.degrading',
    'latency.until',
  ])
})
