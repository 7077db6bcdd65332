import { describe, expect, it } from 'vitest'
import { healthGated } from '../../../src/agent/health/health-gate.ts'
import { HealthMonitor } from '../../../src/agent/health/health-monitor.ts'
import { streamTask } from '../../../src/agent/events/stream-task.ts'
import { counted } from '../../../src/agent/operations/agent-totals.ts'
import { BudgetGovernor } from '../../../src/agent/operations/budget-governor.ts'
import { Drain, drainable } from '../../../src/agent/operations/drain.ts'
import { HarmGuard } from '../../../src/agent/operations/harm-guard.ts'
import { behindTaskBreaker, taskBreaker } from '../../../src/agent/operations/task-breaker.ts'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import { epochMs } from '../../../src/contract/epoch.ts'
import { outcomeSchema } from '../../../src/contract/outcome.ts'
import { asksFor, atTheDesk, callsOf, fault, refundTool } from '../_desk.ts'
import { agentOn, give, onTheFloor } from './_floor.ts'

const name = 'support'
const fails = [fault('openai.503', 'primary')]
const stop = { action: 'break' } as const
const low = { name, target: 0.5, minimumTasks: 1, stakesOf: () => 'low' as const }
const governor = (whenSpent: ConstructorParameters<typeof BudgetGovernor>[0]['whenSpent'], simpler?: ReferenceAgent) =>
  new BudgetGovernor({ ...low, whenSpent, ...(simpler ? { simpler } : {}) })
const ill = { name: 'ill', timeoutMs: 1_000, look: async () => ({ status: 'unhealthy' as const, message: 'No.' }) }
const twice = { window: { calls: 1 }, minimumTasks: 1, cooldownMs: 60_000 } as const

/** Agents that turn the second task away, with what it takes to make them. */
const refusing: [string, string, (agent: ReferenceAgent) => ReferenceAgent, number | undefined][] = [
  ['a task breaker', 'task breaker', (agent) => behindTaskBreaker(agent, taskBreaker({ name, ...twice })), 60_000],
  ['a spent budget', 'budget', (agent) => governor({ low: stop, medium: stop, high: stop }).govern(agent), undefined],
  [
    'a spent budget that throttles',
    'budget',
    (agent) => {
      const throttle = { action: 'throttle', maxQueued: 0, gapMs: 60_000 } as const
      const governed = governor({ low: throttle, medium: stop, high: stop }).govern(agent)
      // One that is let through takes the only place, so that the next finds none.
      return async (task, given) => {
        const waiting = governed({ ...task, id: 'before' }, given)
        return task.input.startsWith('first') ? waiting : governed(task, given)
      }
    },
    undefined,
  ],
  ['its health', 'health', (agent) => healthGated(agent, new HealthMonitor({ checks: [ill] }), { name }), undefined],
  [
    'a drain',
    'drain',
    (agent) => {
      const drain = new Drain({ name })
      return async (task, given) => {
        if (!task.input.startsWith('first')) void drain.drain()
        return drainable(agent, drain)(task, given)
      }
    },
    undefined,
  ],
]

describe('a task that was turned away', () => {
  it.each(refusing)(
    'by %s says so, and when to come again where that is known',
    async (_what, by, wrap, retryAfterMs) => {
      const { value } = await onTheFloor({ faults: fails }, async () => {
        const agent = wrap(agentOn('primary'))
        await give(agent, 'first')
        const refused = await give(agent, 'second')
        return { refused, atMs: epochMs + performance.now() }
      })
      expect(outcomeSchema.parse(value.refused)).toEqual({
        answer: null,
        stop: 'error',
        claims: {
          source: 'none',
          degraded: false,
          effects: [],
          refusals: [{ upstream: name, by, atMs: value.atMs, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }],
        },
      })
    },
  )

  it.each(refusing.filter(([, by]) => by !== 'budget'))(
    'by %s has ended for those who hear its events',
    async (_what, _by, wrap) => {
      const { value } = await onTheFloor({ faults: fails }, async () => {
        const agent = wrap(agentOn('primary'))
        await give(agent, 'first')
        const types: string[] = []
        await agent(
          { id: 'second', input: 'second' },
          { signal: new AbortController().signal, onEvent: ({ type }) => void types.push(type) },
        )
        return types
      })
      expect(value).toEqual(['ended'])
    },
  )
})

describe('a stream of events', () => {
  it.each<[string, ReferenceAgent, object]>([
    ['keeps its events back', async () => ({ answer: 'Hi.', stop: 'end_turn' }), { answer: 'Hi.', stop: 'end_turn' }],
    ['rejects', () => Promise.reject(new Error('no')), { answer: null, stop: 'error' }],
  ])('ends also where an agent %s', async (_what, agent, outcome) => {
    const events: unknown[] = []
    for await (const event of streamTask(agent, { id: 'task', input: 'Hi.' })) events.push(event)
    expect(events).toMatchObject([{ type: 'ended', outcome }])
  })

  it('ends once, with what the agent itself tells', async () => {
    const { value } = await onTheFloor({}, async () => {
      const ends: unknown[] = []
      const task = { id: 'task', input: 'Hi.' }
      for await (const event of streamTask(agentOn('primary'), task, { types: ['ended'] })) ends.push(event)
      return ends
    })
    expect(value).toMatchObject([{ type: 'ended', steps: 1 }])
  })
})

describe('an answer of somebody else', () => {
  const options = { accuracy: { primary: 0.9 } }

  it('is claimed of the simpler agent while the budget is spent, and counts as a fallback', async () => {
    const { value } = await onTheFloor(
      { faults: fails, others: { simple: () => ({ content: 'Simply.' }) } },
      async () => {
        const degrade = { action: 'degrade' } as const
        const governed = governor({ low: degrade, medium: stop, high: stop }, agentOn('simple', options))
        const agent = counted(governed.govern(agentOn('primary', options)))
        await give(agent, 'first')
        return { outcome: await give(agent, 'second'), totals: agent.totals() }
      },
    )
    expect(value.outcome).toMatchObject({ answer: 'Simply.', claims: { source: 'simpler_agent', degraded: true } })
    expect(value.totals.fallbackUses).toBe(1)
  })

  it.each(['fallback_agent', 'human_queue'] as const)(
    'given for a harmful one is claimed of the %s, with the effects of both',
    async (source) => {
      const played = await atTheDesk({ options, primary: asksFor(refundTool) }, async (_ask, agent) => {
        const judge = async ({ answer }: { readonly answer: string }): Promise<boolean> => answer === 'It is done.'
        const claims = { source: 'primary', degraded: false, effects: ['other:1'], refusals: [] }
        const fallback: ReferenceAgent = async () => ({ answer: 'Well.', stop: 'end_turn', claims })
        const instead = source === 'fallback_agent' ? { fallback } : { queue: async () => {} }
        return give(new HarmGuard({ name, judge, ...instead }).guard(agent))
      })
      const effects = source === 'fallback_agent' ? [`${refundTool}:A-1`, 'other:1'] : [`${refundTool}:A-1`]
      expect(callsOf(played, refundTool)).toBe(1)
      expect(outcomeSchema.parse(played.value).claims).toMatchObject({ source, degraded: true, effects })
    },
  )

  it('makes no claims where one of those that worked on it made none', async () => {
    const { value } = await onTheFloor({ primary: () => ({ content: 'Harm.' }) }, () => {
      const fallback = agentOn('primary', options)
      const judge = async (): Promise<boolean> => true
      return give(new HarmGuard({ name, judge, fallback, queue: async () => {} }).guard(agentOn('primary')))
    })
    expect(value).toEqual({ answer: 'Somebody will get back to you.', stop: 'error' })
  })
})
