import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averageLatency } from '../../../src/agent/operations/average-latency.ts'
import { behindTaskBreaker, taskBreaker } from '../../../src/agent/operations/task-breaker.ts'
import { callsOf, failing, fault, sleep } from '../_desk.ts'
import { abortedAfter, agentOn, give, giveAll, onTheFloor } from './_floor.ts'

const stopsOf = (outcomes: readonly { stop: string }[]) => outcomes.map(({ stop }) => stop)

describe('a breaker over tasks', () => {
  it('opens above the error rate once there are enough tasks, and asks nobody while it is open', async () => {
    const played = await onTheFloor({ faults: [failing(1)] }, async () => {
      const tasks = taskBreaker()
      const outcomes = await giveAll(behindTaskBreaker(agentOn('primary'), tasks), 22)
      return { stops: stopsOf(outcomes), snapshot: tasks.breaker.snapshot() }
    })
    // One of twenty is 0.05, which is the threshold and not above it.
    expect(played.value.snapshot).toEqual({ state: 'closed', openings: 0, retryAfterMs: null })
    expect(callsOf(played, 'primary')).toBe(22)
    const worse = await onTheFloor({ faults: [failing(2)] }, async () => {
      const tasks = taskBreaker()
      const outcomes = await giveAll(behindTaskBreaker(agentOn('primary'), tasks), 22)
      return { stops: stopsOf(outcomes), snapshot: tasks.breaker.snapshot() }
    })
    expect(callsOf(worse, 'primary')).toBe(20)
    expect(worse.value.stops.slice(-3)).toEqual(['end_turn', 'error', 'error'])
    expect(worse.value.snapshot).toEqual({ state: 'open', openings: 1, retryAfterMs: 300_000 })
  })

  it('opens on the average latency, although all tasks succeed', async () => {
    const faults = [fault('latency.fixed', 'primary', { on: 'nth', n: 3 }, { ms: 7_201 })]
    const played = await onTheFloor({ faults }, async () => {
      // 600 + 600 + 7801 is 1 ms more than three times 3000.
      const tasks = taskBreaker({ latencyThresholdMs: 3_000, minimumTasks: 3 })
      return stopsOf(await giveAll(behindTaskBreaker(agentOn('primary'), tasks), 4))
    })
    expect(played.value).toEqual(['end_turn', 'end_turn', 'end_turn', 'error'])
  })

  it('stays closed at the 5 % of the example and opens above, by the last hundred tasks', async () => {
    const faults = [fault('openai.503', 'primary', { on: 'every', n: 20 }), failing(1, 'backup')]
    const { value } = await onTheFloor(
      { faults, others: { backup: () => ({ content: 'From the backup.' }) } },
      async () => {
        const tasks = taskBreaker()
        await giveAll(behindTaskBreaker(agentOn('primary'), tasks), 100)
        const atFive = tasks.breaker.snapshot().state
        await give(behindTaskBreaker(agentOn('backup'), tasks))
        return { atFive, atSix: tasks.breaker.snapshot().state }
      },
    )
    expect(value).toEqual({ atFive: 'closed', atSix: 'open' })
  })

  it('stays closed at the 30 s of the example on average, and opens a millisecond above', async () => {
    const after = async (ms: number) => {
      // A task takes 600 ms by itself.
      const faults = [fault('latency.fixed', 'primary', { on: 'every', n: 1 }, { ms: ms - 600 })]
      const { value } = await onTheFloor({ faults }, async () => {
        const tasks = taskBreaker()
        // Its own limit of 30 s for an attempt would come first.
        const patient = agentOn('primary', { timeouts: { modelMs: 60_000 } })
        const outcomes = await giveAll(behindTaskBreaker(patient, tasks), 20)
        return { stops: new Set(stopsOf(outcomes)), state: tasks.breaker.snapshot().state }
      })
      return value
    }
    expect(await after(30_000)).toEqual({ stops: new Set(['end_turn']), state: 'closed' })
    expect(await after(30_001)).toEqual({ stops: new Set(['end_turn']), state: 'open' })
  })

  it('asks again after the 300 s of the example, and not a millisecond sooner', async () => {
    const { value } = await onTheFloor({ faults: [failing(20)] }, async () => {
      const tasks = taskBreaker()
      const agent = behindTaskBreaker(agentOn('primary'), tasks)
      await giveAll(agent, 20)
      const opened = tasks.breaker.snapshot()
      await sleep(299_999)
      const early = await give(agent)
      const left = tasks.breaker.snapshot()
      await sleep(1)
      const probe = await give(agent)
      return { opened, early: early.stop, left, probe: probe.stop, after: tasks.breaker.snapshot().state }
    })
    expect(value).toEqual({
      opened: { state: 'open', openings: 1, retryAfterMs: 300_000 },
      early: 'error',
      left: { state: 'open', openings: 1, retryAfterMs: 1 },
      probe: 'end_turn',
      after: 'closed',
    })
  })

  it('opens again after a probe that is too slow, and closes after one that is not', async () => {
    const faults = [failing(1), fault('latency.fixed', 'primary', { on: 'nth', n: 2 }, { ms: 5_000 })]
    const { value } = await onTheFloor({ faults }, async () => {
      const tasks = taskBreaker({ minimumTasks: 1, latencyThresholdMs: 3_000, cooldownMs: 1_000 })
      const agent = behindTaskBreaker(agentOn('primary'), tasks)
      await give(agent)
      await sleep(1_000)
      const probe = await give(agent)
      const afterSlow = tasks.breaker.snapshot()
      await sleep(1_000)
      await give(agent)
      return { probe: probe.stop, afterSlow, after: tasks.breaker.snapshot().state }
    })
    expect(value).toMatchObject({ probe: 'end_turn', afterSlow: { state: 'open', openings: 2 }, after: 'closed' })
  })

  it('counts neither a cancelled task nor one that waits for an approval', async () => {
    const played = await onTheFloor({ faults: [failing(9)] }, async () => {
      const tasks = taskBreaker({ minimumTasks: 1 })
      const agent = behindTaskBreaker(agentOn('primary'), tasks)
      const cancelled = await give(agent, 'Never mind.', abortedAfter(10))
      return [cancelled.stop, tasks.breaker.snapshot().state]
    })
    expect(played.value).toEqual(['cancelled', 'closed'])
  })

  it('has somebody else answer, and tells for how long', async () => {
    const { value } = await onTheFloor({ faults: [failing(1)] }, async () => {
      const tasks = taskBreaker({ minimumTasks: 1 })
      const agent = behindTaskBreaker(agentOn('primary'), tasks, async (_task, { retryAfterMs }) => ({
        answer: `Come back in ${retryAfterMs} ms.`,
        stop: 'error',
      }))
      return giveAll(agent, 2)
    })
    expect(value[1]?.answer).toBe('Come back in 300000 ms.')
  })

  it('counts a task that rejects as failed', async () => {
    const tasks = taskBreaker({ minimumTasks: 1 })
    const agent = behindTaskBreaker(() => Promise.reject(new Error('bang')), tasks)
    await expect(give(agent)).rejects.toThrow('bang')
    expect(tasks.breaker.snapshot().state).toBe('open')
  })

  it('refuses wrong options in one sentence', () => {
    expect(() => taskBreaker({ failureThreshold: 1 })).toThrow(/^The task breaker cannot start: option "failureThresh/)
  })
})

describe('the rule of the average latency', () => {
  const calls = fc.array(fc.record({ tookMs: fc.nat(100), afterMs: fc.nat(60) }), { maxLength: 40 })
  const window = fc.oneof(
    fc.record({ calls: fc.integer({ min: 1, max: 8 }) }),
    fc.record({ ms: fc.integer({ min: 1, max: 200 }) }),
  )

  it('speaks exactly where the average of its window is too high', () => {
    const rules = fc.record({ aboveMs: fc.nat(100), minimumCalls: fc.integer({ min: 1, max: 6 }), window })
    fc.assert(
      fc.property(rules, calls, (rule, drawn) => {
        const trips = averageLatency(rule)
        const seen: { tookMs: number; atMs: number }[] = []
        return drawn.every(({ tookMs, afterMs }) => {
          const atMs = (seen.at(-1)?.atMs ?? 0) + afterMs
          seen.push({ tookMs, atMs })
          const { window: reach } = rule
          const inside = 'calls' in reach ? seen.slice(-reach.calls) : seen.filter((one) => atMs - one.atMs < reach.ms)
          const mean = inside.reduce((sum, one) => sum + one.tookMs, 0) / inside.length
          const expected = inside.length >= rule.minimumCalls && mean > rule.aboveMs
          return trips({ failed: false, tookMs, atMs }) === expected
        })
      }),
      { numRuns: 500 },
    )
  })
})
