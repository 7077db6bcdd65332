import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { AgentMetrics } from '../../../src/agent/operations/agent-metrics.ts'
import type { TaskRecord } from '../../../src/agent/operations/agent-metrics.ts'
import { metered } from '../../../src/agent/operations/metered-agent.ts'
import { behindTaskBreaker, taskBreaker } from '../../../src/agent/operations/task-breaker.ts'
import { currentMeter, meteredGuard, meteredTool } from '../../../src/agent/operations/task-meter.ts'
import { guardByPolicy } from '../../../src/agent/policy/policy-guard.ts'
import { asksFor, failing, fault, sleep } from '../_desk.ts'
import { abortedAfter, agentOn, give, giveAll, lookUpTool, onTheFloor, orderTool } from './_floor.ts'

const record: TaskRecord = {
  ...{ result: 'success', tookMs: 1, toolCalls: 0, judgedCalls: 0, policyViolations: 0, delegationDepth: 0 },
  hallucinated: null,
}

describe('the metrics of an agent', () => {
  it('are unknown, and not 0, before there is anything to know', () => {
    expect(new AgentMetrics().read()).toEqual({
      ...{ tasks: 0, taskSuccessRate: null, averageToolCalls: null, p99LatencyMs: null, errorBudgetRemaining: 1 },
      ...{ policyViolationRate: null, averageDelegationDepth: null, hallucinationRate: null },
      ...{ circuitState: null, circuitOpenings24h: null, circuitRetryAfterMs: null },
    })
  })

  it('come from what tasks did over the wire', async () => {
    const script = asksFor(orderTool, { id: 'A-1' })
    const faults = [fault('tool.error', orderTool, { on: 'nth', n: 1 }), failing(1)]
    const { value } = await onTheFloor({ primary: script, faults }, async () => {
      const metrics = new AgentMetrics({ target: 0.5 })
      const tools = [meteredTool(lookUpTool())]
      const parts = { guard: meteredGuard(guardByPolicy) }
      const retry = { maxAttempts: 2, baseMs: 1, capMs: 1 }
      await giveAll(metered(agentOn('primary', { tools, retry }, parts), metrics), 1)
      const forbidding = agentOn('primary', { tools, policy: { forbidden: [orderTool] } }, parts)
      await giveAll(metered(forbidding, metrics), 1)
      await give(metered(agentOn('primary', {}, parts), metrics), 'Never mind.', abortedAfter(5))
      return { reading: metrics.read(), outside: currentMeter() }
    })
    // 600 ms twice, 40 ms, and waits of 1 ms: one attempt of each kind was repeated, and is one call.
    expect(value.reading).toMatchObject({
      tasks: 2,
      taskSuccessRate: 1,
      averageToolCalls: 0.5,
      policyViolationRate: 0.5,
    })
    expect(value.reading).toMatchObject({ averageDelegationDepth: 0, errorBudgetRemaining: 1 })
    expect(value.reading.p99LatencyMs).toBeGreaterThan(1_800)
    expect(value.outside).toBeNull()
  })

  it('keep the tasks apart that run at once', async () => {
    const script = asksFor(orderTool, { id: 'A-1' })
    const { value } = await onTheFloor({ primary: script }, async () => {
      const metrics = new AgentMetrics()
      const agent = metered(agentOn('primary', { tools: [meteredTool(lookUpTool())] }), metrics)
      await Promise.all(['a', 'b', 'c'].map((input) => give(agent, input)))
      return metrics.read()
    })
    expect(value).toMatchObject({ tasks: 3, averageToolCalls: 1 })
  })

  it('overdraw the budget by as much as failed', async () => {
    const { value } = await onTheFloor({ faults: [failing(3)] }, async () => {
      const metrics = new AgentMetrics({ target: 0.8 })
      await giveAll(metered(agentOn('primary'), metrics), 5)
      return metrics.read()
    })
    expect(value).toMatchObject({ taskSuccessRate: 0.4, errorBudgetRemaining: -2 })
  })

  it('have a hallucination rate over what a judge could judge', async () => {
    const { value } = await onTheFloor({}, async () => {
      const metrics = new AgentMetrics()
      const verdicts: (boolean | 'fails' | 'hangs' | 'mumbles')[] = [true, false, false, 'fails', 'hangs', 'mumbles']
      const judge = async (): Promise<boolean> => {
        const verdict = verdicts.shift()
        if (verdict === 'fails') throw new Error('no idea')
        if (verdict === 'hangs') return new Promise(() => {})
        return verdict as boolean
      }
      const agent = metered(agentOn('primary'), metrics, { judge, judgeTimeoutMs: 1_000 })
      const outcomes = await giveAll(agent, 6)
      return { stops: outcomes.map(({ stop }) => stop), reading: metrics.read() }
    })
    expect(value.stops).toEqual(Array(6).fill('end_turn'))
    expect(value.reading).toMatchObject({ hallucinationRate: 1 / 3, p99LatencyMs: 600 })
  })

  it('tell the state of the breaker, its openings of a day, and when it lets a task through', async () => {
    const { value } = await onTheFloor({ faults: [failing(2)] }, async () => {
      const tasks = taskBreaker({ minimumTasks: 1, cooldownMs: 10_000 })
      const metrics = new AgentMetrics({ breaker: tasks.breaker })
      const agent = behindTaskBreaker(agentOn('primary'), tasks)
      const readings = [metrics.read()]
      await give(agent)
      readings.push(metrics.read())
      await sleep(9_999)
      readings.push(metrics.read())
      await sleep(1)
      readings.push(metrics.read())
      await give(agent)
      await sleep(10_000)
      await give(agent)
      readings.push(metrics.read())
      return readings.map((r) => [r.circuitState, r.circuitOpenings24h, r.circuitRetryAfterMs])
    })
    expect(value).toEqual([
      ['closed', 0, null],
      ['open', 1, 10_000],
      ['open', 1, 1],
      ['half-open', 1, 0],
      ['closed', 2, null],
    ])
  })

  it('forget an opening a day after it', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const { breaker } = taskBreaker({ minimumTasks: 1 })
    const metrics = new AgentMetrics({ breaker })
    const permit = breaker.admit()
    if (permit.admitted) permit.settle({ class: 'failure', tookMs: 1 })
    vi.advanceTimersByTime(86_399_999)
    expect(metrics.read().circuitOpenings24h).toBe(1)
    vi.advanceTimersByTime(1)
    expect(metrics.read().circuitOpenings24h).toBe(0)
    expect(breaker.snapshot().openings).toBe(1)
  })

  it('forget what is as old as the window, and what is too much', async () => {
    const { value } = await onTheFloor({}, async () => {
      const metrics = new AgentMetrics({ windowMs: 1_000, maxTasks: 2 })
      for (const result of ['failure', 'success', 'failure'] as const) metrics.add({ ...record, result })
      const first = metrics.read()
      await sleep(999)
      metrics.add(record)
      const second = metrics.read()
      await sleep(1)
      return [first, second, metrics.read()].map(({ tasks, taskSuccessRate }) => [tasks, taskSuccessRate])
    })
    expect(value).toEqual([
      [2, 0.5],
      [2, 0.5],
      [1, 1],
    ])
  })

  it('take the 99th percentile by its nearest rank', () => {
    const sorted = (values: readonly number[]) => values.toSorted((one, other) => one - other)
    fc.assert(
      fc.property(fc.array(fc.nat(9_999), { minLength: 1, maxLength: 400 }), (values) => {
        const metrics = new AgentMetrics()
        for (const tookMs of values) metrics.add({ ...record, tookMs })
        const p99 = metrics.read().p99LatencyMs ?? -1
        const atMost = (limit: number) => sorted(values).filter((value) => value <= limit).length
        return (
          values.includes(p99) && atMost(p99) * 100 >= values.length * 99 && atMost(p99 - 1) * 100 < values.length * 99
        )
      }),
    )
  })
})
