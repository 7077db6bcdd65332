import { BrokenCircuitError, ConsecutiveBreaker, SamplingBreaker, circuitBreaker, handleAll } from 'cockatiel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/contract/task.ts'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { Fault, FaultTarget } from '../../../src/contract/fault.ts'
import { faults } from '../../../src/faults/faults.ts'
import { runTrial } from '../../../src/scenario/trial.ts'
import { workloads } from '../../../src/scenario/workloads.ts'
import { installSimulation } from '../../../src/simulation/install.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { orderScenario } from '../../scenario/_scenario.ts'

installSimulation()

const names = ['alpha', 'beta', 'gamma']
const tool = (name: string): FaultTarget => ({ kind: 'tool', name })

function services(): Upstream[] {
  return names.map((name) =>
    toolBackend({
      tool: name,
      method: 'GET',
      url: `https://${name}.test/`,
      latencyMs: 10,
      handle: () => toolResult({ name }),
    }),
  )
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Calls a service so many times, one call every so many milliseconds, and tells which calls it got answers to. */
function polling(name: string, times: number, everyMs: number): Agent {
  return async () => {
    const answered: string[] = []
    for (let call = 0; call < times; call++) {
      const pace = wait(everyMs)
      answered.push(await fetch(`https://${name}.test/`).then(() => 'yes', () => 'no')) // prettier-ignore
      await pace
    }
    return { answer: answered.join(' '), stop: 'end_turn' }
  }
}

/** Runs an agent under faults and gives its trace. */
async function traceOf(agent: Agent, given: readonly Fault[], tasks = 1): Promise<readonly TraceEvent[]> {
  const ids = ['poll']
  const { events } = await runTrial({
    scenario: orderScenario({
      agent: () => agent,
      tasks: [{ id: 'poll', input: 'poll' }],
      upstreams: services,
      workload: workloads.burst(ids, tasks, { spreadMs: 900 }),
    }),
    seed: 1,
    trial: 0,
    plan: { faults: [...given] },
    keep: true,
  })
  return events
}

async function answersOf(agent: Agent, given: readonly Fault[]): Promise<string[]> {
  const events = await traceOf(agent, given)
  const end = events.find((event) => event.type === 'task.ended')
  return end?.outcome.answer?.split(' ') ?? []
}

/** When each call of a service was sent, and when it was answered. */
function callsOf(events: readonly TraceEvent[], upstream: string): { sentAt: number; endedAt: number | undefined }[] {
  return events.flatMap((sent) => {
    if (sent.type !== 'request.sent' || sent.upstream !== upstream) return []
    const end = events.find((event) => event.type === 'response.end' && event.call === sent.call)
    return { sentAt: sent.at, endedAt: end?.at }
  })
}

describe('flap', () => {
  it('fails one call less than the threshold, then spares one, for ever', async () => {
    const answers = await answersOf(polling('alpha', 9, 100), [faults.patterns.flap(tool('alpha'), { strikes: 2 })])
    expect(answers.join(' ')).toBe('no no yes no no yes no no yes')
  })

  it('never opens a breaker that counts consecutive failures, and opens one that watches the rate', async () => {
    const guarded = (breaker: ConsecutiveBreaker | SamplingBreaker): Agent => {
      const policy = circuitBreaker(handleAll, { breaker, halfOpenAfter: 60_000 })
      return async () => {
        let refusals = 0
        for (let call = 0; call < 50; call++) {
          await policy
            .execute(() => fetch('https://alpha.test/'))
            .catch((error: unknown) => {
              if (error instanceof BrokenCircuitError) refusals++
            })
          await wait(100)
        }
        return { answer: String(refusals), stop: 'end_turn' }
      }
    }
    const flapping = [faults.patterns.flap(tool('alpha'), { strikes: 4 })]
    expect(await answersOf(guarded(new ConsecutiveBreaker(5)), flapping)).toEqual(['0'])
    const [refusals] = await answersOf(guarded(new SamplingBreaker({ threshold: 0.5, duration: 2_000 })), flapping)
    expect(Number(refusals)).toBeGreaterThan(20)
  })
})

describe('brownout', () => {
  it('gets slower and fails more in each step, and is over at once', async () => {
    const ramp = { fromMs: 0, toMs: 200_000, steps: 4, slowestMs: 400, worstRate: 0.8 }
    const events = await traceOf(polling('alpha', 260, 1_000), faults.patterns.brownout(tool('alpha'), ramp).flat())
    const steps = [0, 1, 2, 3, 4].map((step) => {
      const calls = callsOf(events, 'alpha').filter(({ sentAt }) => Math.floor(sentAt / 50_000) === step)
      const answered = calls.flatMap(({ sentAt, endedAt }) => (endedAt === undefined ? [] : endedAt - sentAt))
      return { failed: 1 - answered.length / calls.length, latency: new Set(answered) }
    })
    expect(steps.map(({ latency }) => [...latency])).toEqual([[110], [210], [310], [410], [10]])
    const shares = steps.map(({ failed }) => failed)
    // Of fifty calls each: 0.2, 0.4, 0.6, 0.8, none; within three standard deviations.
    for (const [step, expected] of [0.2, 0.4, 0.6, 0.8].entries()) {
      expect(Math.abs((shares[step] ?? 1) - expected)).toBeLessThan(3 * Math.sqrt((expected * (1 - expected)) / 50))
    }
    expect(shares[4]).toBe(0)
  })
})

describe('failover', () => {
  it('takes the primary down, then the backup, and never both', () => {
    const plan = faults.patterns.failover({
      primary: 'one',
      backup: 'two',
      primaryDown: { fromMs: 1_000, toMs: 3_000 },
    })
    expect(plan.map(({ id, target, trigger }) => [id, target.name, trigger])).toEqual([
      ['net.refused', 'one', { on: 'between', fromMs: 1_000, toMs: 3_000 }],
      ['net.refused', 'two', { on: 'between', fromMs: 3_000, toMs: 5_000 }],
    ])
  })
})

describe('herd', () => {
  it('holds every call of a span and lets all go in the same millisecond', async () => {
    const gathering = faults.patterns.herd(tool('alpha'), { fromMs: 0, toMs: 5_000 })
    const events = await traceOf(polling('alpha', 1, 0), [gathering], 10)
    const calls = callsOf(events, 'alpha')
    expect(calls).toHaveLength(10)
    expect(new Set(calls.map(({ sentAt }) => sentAt)).size).toBe(10)
    expect(new Set(calls.map(({ endedAt }) => endedAt))).toEqual(new Set([5_010]))
  })
})

describe('swizzle', () => {
  const source = faults.patterns.swizzle(names.map(tool), { stepMs: 1_000 })
  const spans = (plan: readonly Fault[]) =>
    plan.map(({ target, trigger }) => {
      if (trigger.on !== 'between') throw new Error(`a stall is triggered by ${trigger.on}`)
      return { name: target.name, fromMs: trigger.fromMs, toMs: trigger.toMs }
    })

  it('stalls one after another, and lets go one after another once all are stalled', () => {
    fc.assert(
      fc.property(source.arbitrary, ({ faults: plan }) => {
        const stalls = spans(plan)
        expect(new Set(stalls.map(({ name }) => name)).size).toBe(stalls.length)
        expect(stalls.map(({ fromMs }) => fromMs)).toEqual(stalls.map((_, ordinal) => ordinal * 1_000))
        const ends = stalls.map(({ toMs }) => toMs).toSorted((one, other) => one - other)
        expect(ends).toEqual(stalls.map((_, ordinal) => (stalls.length + ordinal) * 1_000))
      }),
    )
  })

  it('draws every order of stalls and of releases', () => {
    const orders = fc.sample(source.arbitrary, { numRuns: 2_000, seed: 1 }).flatMap(({ faults: plan }) => {
      if (plan.length < 3) return []
      const stalls = spans(plan)
      const released = stalls.toSorted((one, other) => one.toMs - other.toMs)
      return `${stalls.map(({ name }) => name).join()} / ${released.map(({ name }) => name).join()}`
    })
    expect(new Set(orders).size).toBe(36)
  })

  it('keeps answers until the upstream is let go, and loses none', async () => {
    const all: Agent = async () => {
      await Promise.all(names.map((name, ordinal) => wait(ordinal * 1_000).then(() => fetch(`https://${name}.test/`))))
      return { answer: 'all', stop: 'end_turn' }
    }
    await fc.assert(
      fc.asyncProperty(source.arbitrary, async ({ faults: plan }) => {
        const events = await traceOf(all, plan)
        for (const { name, fromMs, toMs } of spans(plan)) {
          const [call] = callsOf(events, name)
          const isHeld = call !== undefined && call.sentAt >= fromMs && call.sentAt < toMs
          expect(call?.endedAt).toBe((isHeld ? toMs : (call?.sentAt ?? 0)) + 10)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is refused with fewer than two upstreams', () => {
    expect(() => faults.patterns.swizzle([tool('alpha')])).toThrow(/needs two upstreams at least, and was given 1/)
  })
})

describe('whole plans', () => {
  it('always gives the same plan, with the families of its faults', () => {
    const plan = faults.always(faults.patterns.brownout(tool('alpha'), { fromMs: 0, toMs: 1_000, steps: 1 }))
    expect(plan.families).toEqual(['latency', 'transport'])
    const drawn = new Set(fc.sample(plan.arbitrary, 20).map((one) => JSON.stringify(one)))
    expect(drawn.size).toBe(1)
    expect(() => faults.always()).toThrow(/was given no faults/)
  })

  it('draws one source of several for each trial', () => {
    const flapping = faults.always(faults.patterns.flap(tool('alpha'), { strikes: 2 }))
    const herding = faults.always(faults.patterns.herd(tool('beta'), { fromMs: 0, toMs: 10 }))
    const source = faults.oneOf(flapping, herding)
    expect(source.families).toEqual(['transport', 'latency'])
    const drawn = fc.sample(source.arbitrary, 200).map(({ faults: plan }) => plan.map(({ id }) => id).join())
    expect(new Set(drawn)).toEqual(new Set(['net.refused', 'latency.until']))
    expect(() => faults.oneOf()).toThrow(/was given no sources/)
  })
})
