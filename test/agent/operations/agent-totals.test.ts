import { describe, expect, it } from 'vitest'
import { AgentTotals, counted } from '../../../src/agent/operations/agent-totals.ts'
import { failing, simplified } from '../_desk.ts'
import { abortedAfter, agentOn, give, giveAll, onTheFloor } from './_floor.ts'

describe('the totals of an agent', () => {
  it('know no rate before the first task has ended', () => {
    const none = {
      requests: 0,
      successes: 0,
      failures: 0,
      neither: 0,
      fallbackUses: 0,
      successRate: null,
      lastTask: null,
    }
    expect(new AgentTotals().current).toEqual(none)
  })

  it('count tasks as they begin and as they end, each agent for itself', async () => {
    const { value } = await onTheFloor({ faults: [failing(2)] }, async () => {
      const [agent, other] = [agentOn('primary'), agentOn('primary')]
      await giveAll(agent, 3)
      await give(agent, 'Never mind.', abortedAfter(100))
      const running = give(agent, 'Still there?')
      const before = agent.totals()
      await running
      return { before, after: agent.totals(), others: other.totals().requests }
    })
    const rest = { neither: 1, fallbackUses: 0, requests: 5, failures: 2 }
    const lastTask = { tookMs: 100, endedAtMs: expect.any(Number) as number }
    expect(value.before).toEqual({ ...rest, successes: 1, successRate: 1 / 3, lastTask })
    expect(value.after).toEqual({ ...rest, successes: 2, successRate: 1 / 2, lastTask: { ...lastTask, tookMs: 600 } })
    expect((value.after.lastTask?.endedAtMs ?? 0) - (value.before.lastTask?.endedAtMs ?? 0)).toBe(600)
    expect(value.others).toBe(0)
  })

  it('tell a task that a fallback served from one that only got its text', async () => {
    const sources = [simplified, { kind: 'text', text: 'Try again later.' } as const]
    const faults = [failing(9), failing(1, 'backup')]
    const { value } = await onTheFloor({ faults, others: { backup: () => ({ content: 'Short.' }) } }, async () => {
      const agent = agentOn('primary', { fallback: { sources } })
      const answers = await giveAll(agent, 2)
      return { answers: answers.map(({ answer }) => answer), totals: agent.totals() }
    })
    expect(value.answers).toEqual(['Try again later.', 'Short.'])
    expect(value.totals).toMatchObject({ requests: 2, successes: 1, failures: 1, fallbackUses: 2, successRate: 0.5 })
  })

  it('count a task that rejects as a failure, and pass its error on', async () => {
    const agent = counted(() => Promise.reject(new Error('not one of ours')))
    await expect(give(agent)).rejects.toThrow('not one of ours')
    expect(agent.totals()).toMatchObject({ requests: 1, failures: 1 })
  })
})
