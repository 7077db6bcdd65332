import { openStore } from '../../agent/store/_store.ts'
import { askForKey, clientWith, on, operated, ring } from './_operated.ts'
import type { Operated } from './_operated.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trigger } from '../../../src/contract/fault.ts'
import { reachableCheck, responseTimeCheck } from '../../../src/agent/health/checks.ts'
import { healthGated } from '../../../src/agent/health/health-gate.ts'
import { HealthMonitor } from '../../../src/agent/health/health-monitor.ts'
import type { ApiKeys } from '../../../src/agent/providers/client-per-key.ts'

const guards = [{ kind: 'model' as const }]
const anyTrigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc.record({
    on: fc.constant('burst' as const),
    from: fc.integer({ min: 1, max: 8 }),
    length: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ on: fc.constant('nth' as const), n: fc.integer({ min: 1, max: 12 }) }),
  fc.constant({ on: 'rate' as const, rate: 0.4 }),
)
const anyOrder = fc.constantFrom('sequence' as const, 'overlap' as const)
const violatedIn = async (run: Operated, ...faults: Parameters<typeof on>[]) => {
  const { violated, verdicts } = await operated(run, ...faults.map((fault) => on(...fault)))
  return violated.map((id) => [id, verdicts.get(id)])
}

describe('O2 safe mode', () => {
  const answer = 'Closed for a moment.'
  const declared = { failedTasks: 2, probeAfterMs: 20_000, answer }
  const options = { safeMode: { failedTasks: 2, probeAfterMs: 20_000, message: answer } }
  const honest: Operated = { options, profile: { safeMode: declared } }
  const outage = ['openai.503', 'primary', { on: 'burst', from: 1, length: 2 }] as const

  it('never accuses an agent that enters and leaves it as declared', async () => {
    const faults = fc.constantFrom('openai.503', 'openai.400', 'net.reset')
    await fc.assert(
      fc.asyncProperty(faults, anyTrigger, anyOrder, async (id, trigger, order) => {
        expect(await violatedIn({ ...honest, order }, [id, 'primary', trigger])).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('never accuses one that is killed, whether it keeps what it knows or not', async () => {
    const store = () => ({ ...options, store: openStore() })
    const kill = (n: number) =>
      ['process.kill', 'primary', { on: 'nth', n }, { at: 'answered', afterMicrotasks: 30, downMs: 500 }] as const
    for (let n = 1; n <= 4; n++) {
      expect(await violatedIn(honest, [...outage], [...kill(n)])).toEqual([])
      const keeping = { ...honest, profile: { ...honest.profile, persistence: { store: 'memory' } } }
      expect(await violatedIn({ ...keeping, options: store }, [...outage], [...kill(n)])).toEqual([])
    }
  })

  it('is exercised by an outage, and vacuous without one', async () => {
    expect((await operated(honest, on(...outage))).verdicts.get('O2')).toMatchObject({ verdict: 'holds' })
    expect((await operated(honest)).verdicts.get('O2')).toEqual({ verdict: 'vacuous' })
  })

  it.each([
    [
      'does not enter it',
      {},
      /^the model call to "primary" was sent at .* within 20\.000 s of .*, when safe mode began$/,
    ],
    [
      'enters it too early',
      { safeMode: { ...options.safeMode, failedTasks: 1 } },
      /was given the answer of safe mode .* but 1 of 2 tasks in a row had failed$/,
    ],
    [
      'leaves it too early',
      { safeMode: { ...options.safeMode, probeAfterMs: 5_000 } },
      /^the model call to "primary" was sent at .* when safe mode began$/,
    ],
    ['leaves it too late', { safeMode: { ...options.safeMode, probeAfterMs: 60_000 } }, /so that it had to be tried$/],
    [
      'says something else in it',
      { safeMode: { ...options.safeMode, message: 'Gone.' } },
      /was answered "Gone\." and not "Closed for a moment\."$/,
    ],
  ])('finds an agent that %s', async (_what, changed, sentence) => {
    expect(await violatedIn({ ...honest, options: changed }, [...outage])).toMatchObject([
      ['O2', { witness: { sentence: expect.stringMatching(sentence) } }],
    ])
  })
})

describe('O3 rotation of keys', () => {
  const profile = { keys: { source: 'keys', guards, pauseMs: 10_000 } }
  /** The ring belongs to a life of the agent: it is made where its first task begins. */
  const withRing = (make: () => ApiKeys, more: Partial<Operated> = {}): Operated => {
    return { options: clientWith(make()), profile, ...more }
  }

  it('never accuses a ring of keys, whatever is refused or fails', async () => {
    const faults = fc.constantFrom(
      ['openai.401', 'primary'] as const,
      ['openai.503', 'primary'] as const,
      ['net.reset', 'keys'] as const,
    )
    const keyLifeMs = fc.constantFrom(undefined, 12_000, 30_000)
    await fc.assert(
      fc.asyncProperty(faults, anyTrigger, anyOrder, keyLifeMs, async ([id, name], trigger, order, lifeMs) => {
        const more = { order, ...(lifeMs === undefined ? {} : { keyLifeMs: lifeMs }) }
        expect(
          await violatedIn(
            withRing(() => ring(2_000), more),
            [id, name, trigger],
          ),
        ).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('is exercised by a refusal, and vacuous without one', async () => {
    const refused = on('openai.401', 'primary', { on: 'nth', n: 3 })
    expect((await operated(withRing(ring), refused)).verdicts.get('O3')).toMatchObject({ verdict: 'holds' })
    expect((await operated(withRing(ring))).verdicts.get('O3')).toEqual({ verdict: 'vacuous' })
  })

  it('finds an agent that goes on with a key that was refused, or has expired', async () => {
    const refused = ['openai.401', 'primary', { on: 'nth', n: 3 }] as const
    expect(await violatedIn({ profile }, [...refused])).toMatchObject([
      [
        'O3',
        {
          witness: {
            sentence: expect.stringMatching(
              /but call \d+ had been answered 401 at .* and no new key had been asked for since$/,
            ),
          },
        },
      ],
    ])
    const once: ApiKeys = { use: async (attempt, signal) => attempt((await askForKey('GET', signal)).value) }
    expect(await violatedIn(withRing(() => once, { keyLifeMs: 12_000 }))).toMatchObject([
      ['O3', { witness: { sentence: expect.stringContaining('no new key had been asked for since') } }],
    ])
  })

  it('finds an agent that asks for a new key without cause', async () => {
    const eager: ApiKeys = { use: async (attempt, signal) => attempt((await askForKey('POST', signal)).value) }
    expect(await violatedIn(withRing(() => eager))).toMatchObject([
      [
        'O3',
        {
          witness: {
            sentence: expect.stringMatching(
              /^a new key was asked of "keys" at .* no call with the newest key had been answered 401/,
            ),
          },
        },
      ],
    ])
  })
})

describe('O4 health', () => {
  const profile = { health: { check: 'health', guards, recheckAfterMs: 10_000 } }
  const ask = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
    const { ok, status } = await fetch('https://health.test/', { signal })
    if (!ok) throw new Error(`status ${status}`)
  }
  const gated = (recheckAfterMs = 10_000, everyMs = 60_000): Operated => ({
    profile,
    around(agent) {
      const monitor = new HealthMonitor({ checks: [reachableCheck({ ask }), responseTimeCheck({ ask })].slice(0, 1) })
      const behind = healthGated(agent, monitor, { recheckAfterMs })
      let nextMs = 0
      // The schedule of the monitor, asked for by tasks, so that nothing is left behind.
      return async (task, options) => {
        if (performance.now() >= nextMs) {
          nextMs = performance.now() + everyMs
          await monitor.check(options)
        }
        return behind(task, options)
      }
    },
  })

  it('never accuses an agent behind its health', async () => {
    const faults = fc.constantFrom('gateway.503', 'net.reset')
    await fc.assert(
      fc.asyncProperty(
        faults,
        anyTrigger,
        anyOrder,
        fc.constantFrom(7_000, 20_000),
        async (id, trigger, order, everyMs) => {
          expect(await violatedIn({ ...gated(10_000, everyMs), order }, [id, 'health', trigger])).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is exercised where it is ill, and vacuous where it is well', async () => {
    const ill = on('net.reset', 'health', { on: 'burst', from: 1, length: 3 })
    expect((await operated(gated(), ill)).verdicts.get('O4')).toMatchObject({ verdict: 'holds' })
    expect((await operated(gated())).verdicts.get('O4')).toEqual({ verdict: 'vacuous' })
  })

  it('finds an agent that goes on although it is ill', async () => {
    const heedless: Operated = {
      profile,
      around: (agent) => async (task, options) => {
        await ask(options).catch(() => {})
        return agent(task, options)
      },
    }
    expect(await violatedIn(heedless, ['net.reset', 'health', { on: 'every', n: 1 }])).toMatchObject([
      [
        'O4',
        {
          witness: {
            sentence: expect.stringMatching(/had shown the agent ill at .*, and none had shown it well since$/),
          },
        },
      ],
    ])
  })

  it('finds an agent that refuses tasks on old news', async () => {
    expect(await violatedIn(gated(300_000), ['net.reset', 'health', { on: 'nth', n: 1 }])).toMatchObject([
      [
        'O4',
        {
          witness: {
            sentence: expect.stringMatching(/was refused at .*, but the newest check .* declares at most 10\.000 s$/),
          },
        },
      ],
    ])
  })
})
