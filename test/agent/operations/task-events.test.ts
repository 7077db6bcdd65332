import { describe, expect, it } from 'vitest'
import { healthGated } from '../../../src/agent/health/health-gate.ts'
import { HealthMonitor } from '../../../src/agent/health/health-monitor.ts'
import { AgentMetrics } from '../../../src/agent/operations/agent-metrics.ts'
import { counted } from '../../../src/agent/operations/agent-totals.ts'
import { BudgetGovernor } from '../../../src/agent/operations/budget-governor.ts'
import { Drain, drainable } from '../../../src/agent/operations/drain.ts'
import { HarmGuard } from '../../../src/agent/operations/harm-guard.ts'
import { metered } from '../../../src/agent/operations/metered-agent.ts'
import { supervisedAgent } from '../../../src/agent/operations/supervised-agent.ts'
import { behindTaskBreaker, taskBreaker } from '../../../src/agent/operations/task-breaker.ts'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import { agentOn, onTheFloor } from './_floor.ts'

const name = 'support'
const stop = { action: 'break' } as const
const whenSpent = { low: stop, medium: stop, high: stop }
const governor = () => new BudgetGovernor({ name, target: 0.5, whenSpent, stakesOf: () => 'low' })
const monitor = () =>
  new HealthMonitor({
    checks: [{ name: 'well', timeoutMs: 1_000, look: async () => ({ status: 'healthy', message: '' }) }],
  })

/** What is heard of one task of a wrapped agent. */
async function heard(wrap: (agent: ReferenceAgent) => ReferenceAgent): Promise<string[]> {
  const types: string[] = []
  await onTheFloor({}, () =>
    wrap(agentOn('primary'))(
      { id: 'task', input: 'Hi.' },
      { signal: new AbortController().signal, onEvent: ({ type }) => void types.push(type) },
    ),
  )
  return types
}

describe('the events of a task', () => {
  it.each<[string, (agent: ReferenceAgent) => ReferenceAgent]>([
    ['a health gate', (agent) => healthGated(agent, monitor())],
    ['totals', (agent) => counted(agent)],
    ['metrics', (agent) => metered(agent, new AgentMetrics())],
    ['a task breaker', (agent) => behindTaskBreaker(agent, taskBreaker())],
    ['a drain', (agent) => drainable(agent, new Drain())],
    ['a supervisor', (agent) => supervisedAgent({ name, timeoutMs: 60_000 }, () => agent)],
    ['a budget', (agent) => governor().govern(agent)],
  ])('are heard through %s', async (_what, wrap) => {
    expect(await heard(wrap)).toContain('ended')
  })

  it('are not heard where an answer has yet to be judged', async () => {
    expect(await heard((agent) => new HarmGuard({ name, judge: async () => false }).guard(agent))).toEqual([])
  })
})
