import { atTheClinic, says } from './_clinic.ts'
import { describe, expect, it } from 'vitest'
import { healthGated } from '../../../src/agent/health/health-gate.ts'
import { HealthMonitor } from '../../../src/agent/health/health-monitor.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentOutcome } from '../../../src/agent/task/outcome.ts'
import { callsOf, sleep } from '../_desk.ts'

type Statuses = Parameters<typeof says>

const client = { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' }

/** Asks a gated agent at the given times; `ask` 0 stands for a task that is cancelled already. */
async function askAt(timesMs: readonly number[], statuses: Statuses, options: Parameters<typeof healthGated>[2] = {}) {
  const { check, asked } = says(...statuses)
  const played = await atTheClinic([], async () => {
    const monitor = new HealthMonitor({ checks: [check] })
    const gated = healthGated(createReferenceAgent({ client, instructions: 'Help.' }), monitor, options)
    const outcomes: AgentOutcome[] = []
    for (const [index, atMs] of timesMs.entries()) {
      if (atMs > performance.now()) await sleep(atMs - performance.now())
      outcomes.push(await gated({ id: `task-${index}`, input: 'Hi.' }, { signal: new AbortController().signal }))
    }
    return outcomes
  })
  return { stops: played.value.map(({ stop }) => stop), outcomes: played.value, asked: asked(), played }
}

describe('an agent behind its health', () => {
  it('is asked while it is healthy or degraded, and checked once for that', async () => {
    const { stops, asked } = await askAt([0, 5_000, 60_000], ['degraded'])
    expect(stops).toEqual(['end_turn', 'end_turn', 'end_turn'])
    expect(asked).toBe(1)
  })

  it('is not asked while it is unhealthy, and nobody else is either', async () => {
    const { stops, played } = await askAt([0, 1], ['unhealthy'])
    expect(stops).toEqual(['error', 'error'])
    expect(callsOf(played, 'primary')).toBe(0)
  })

  it('is checked again before a refusal that rests on an old report', async () => {
    const { stops, asked } = await askAt([0, 10_000, 10_001], ['unhealthy', 'healthy'])
    expect(stops).toEqual(['error', 'error', 'end_turn'])
    expect(asked).toBe(2)
  })

  it('leaves the answer to somebody else, who is told why', async () => {
    const { outcomes } = await askAt([0], ['unhealthy'], {
      instead: async (_task, { report }) => ({ answer: report.message, stop: 'end_turn' }),
    })
    expect(outcomes).toEqual([{ answer: 'Not healthy: scripted is unhealthy.', stop: 'end_turn' }])
  })

  it('tells a caller who has cancelled during the check that and nothing else', async () => {
    const { value } = await atTheClinic([], async () => {
      const look = () => new Promise<never>(() => {})
      const monitor = new HealthMonitor({ checks: [{ name: 'deaf', timeoutMs: 9_000, look }] })
      const gated = healthGated(createReferenceAgent({ client, instructions: 'Help.' }), monitor)
      const caller = new AbortController()
      setTimeout(() => caller.abort(), 50)
      const outcome = await gated({ id: 'task', input: 'Hi.' }, { signal: caller.signal })
      return { outcome, nowMs: performance.now() }
    })
    expect(value).toEqual({ outcome: { answer: null, stop: 'cancelled' }, nowMs: 50 })
  })
})
