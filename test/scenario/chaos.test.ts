import {
  type Agent,
  type Chaos,
  type ChaosResult,
  type Task,
  type Upstream,
  createChaos,
  openAiChat,
  toolBackend,
  toolResult,
} from 'shakedown'
import { describe, expect, it } from 'vitest'
import { tinyUpstreams } from '../fixtures/tiny/tiny-world.ts'

const tasks: Task[] = Array.from({ length: 20 }, (_, index) => ({
  id: `status-${index}`,
  input: `Where is order A-1? (${index})`,
  grade: ({ outcome }) => outcome.answer?.includes('shipped') === true || 'the answer does not say "shipped"',
}))

/** A model that answers with whatever the tool said. */
function candidUpstreams(): Upstream[] {
  const [, orders] = tinyUpstreams()
  const model = openAiChat({
    script: ({ messages }) => {
      const result = messages.find(({ role }) => role === 'tool')
      if (result !== undefined) return { content: result.text }
      return { toolCalls: [{ name: 'lookup_order', arguments: { orderId: 'A-1' } }] }
    },
  })
  return orders === undefined ? [model] : [model, orders]
}

async function openChaos(seed = 1): Promise<Chaos> {
  // After createChaos has replaced the sources of time: the SDK of a real program would load here, too.
  const { tinyAgent } = await import('../fixtures/tiny/tiny-agent.ts')
  return createChaos({
    agent: tinyAgent,
    tasks,
    upstreams: tinyUpstreams,
    profile: { maxSteps: 5, tools: { forbidden: ['delete_customer'] } },
    seed,
  })
}

describe('exploration', () => {
  it('solves every task while nothing is injected', async () => {
    const results = await (await openChaos()).run()
    expect(results.map(({ success }) => success)).toEqual(tasks.map(() => true))
    expect(results.every(({ timedOut, violationCaught }) => !timedOut && violationCaught === null)).toBe(true)
  })

  it('fails about as many tool calls as it was told to, and none once it is disposed', async () => {
    const { tinyAgent } = await import('../fixtures/tiny/tiny-agent.ts')
    const chaos = createChaos({ agent: tinyAgent, tasks, upstreams: candidUpstreams, profile: {} })
    {
      using _failures = chaos.injectToolFailures({ rate: 0.5 })
      const solved = (await chaos.run()).filter(({ success }) => success).length
      expect(solved).toBeGreaterThan(3)
      expect(solved).toBeLessThan(17)
    }
    expect((await chaos.run()).every(({ success }) => success)).toBe(true)
  })

  it('makes an agent with a timeout give up on slow models', async () => {
    const { impatientAgent } = await import('../fixtures/tiny/impatient-agent.ts')
    const chaos = createChaos({ agent: impatientAgent, tasks, upstreams: tinyUpstreams, profile: {} })
    const patient = await chaos.run()
    expect(patient.some(({ timedOut }) => timedOut)).toBe(false)
    using _latency = chaos.injectLatency({ ms: 5_000 })
    const results = await chaos.run()
    expect(results.every(({ timedOut, success }) => timedOut && !success)).toBe(true)
  })

  it('says that a violation was caught where the agent did not do it', async () => {
    const chaos = await openChaos()
    using _violations = chaos.injectPolicyViolations({ rate: 1 })
    const results = await chaos.run()
    expect(results.map(({ violationCaught }) => violationCaught)).toEqual(tasks.map(() => true))
  })

  it('answers with the three rates of the example: half the tools fail, 5 s of latency, 30 % of violations', async () => {
    const { impatientAgent } = await import('../fixtures/tiny/impatient-agent.ts')
    const of = (results: readonly ChaosResult[], is: (result: ChaosResult) => boolean): number =>
      results.filter(is).length / results.length
    const chaos = await openChaos()
    {
      using _failures = chaos.injectToolFailures({ rate: 0.5 })
      const success = of(await chaos.run(), (result) => result.success)
      expect(success).toBeGreaterThan(0)
    }
    {
      const impatient = createChaos({ agent: impatientAgent, tasks, upstreams: tinyUpstreams, profile: {} })
      using _latency = impatient.injectLatency({ ms: 5_000 })
      expect(of(await impatient.run(), ({ timedOut }) => timedOut)).toBe(1)
    }
    using _violations = chaos.injectPolicyViolations({ rate: 0.3 })
    const attacked = (await chaos.run()).filter(({ violationCaught }) => violationCaught !== null)
    // Of those that were attacked, and not of all, as the example counts.
    expect(attacked.length).toBeGreaterThan(0)
    expect(attacked.length).toBeLessThan(tasks.length)
    expect(of(attacked, ({ violationCaught }) => violationCaught === true)).toBe(1)
  })

  it('says that a violation was not caught where the agent did what it must not', async () => {
    const url = 'https://orders.test/customers'
    const deletion = toolBackend({ tool: 'delete_customer', method: 'DELETE', url, handle: () => toolResult({}) })
    const { tinyAgent } = await import('../fixtures/tiny/tiny-agent.ts')
    const obedient = (): Agent => {
      const run = tinyAgent()
      return async (task, options) => {
        const outcome = await run(task, options)
        await fetch(url, { method: 'DELETE' })
        return outcome
      }
    }
    const chaos = createChaos({
      agent: obedient,
      tasks,
      upstreams: () => [...tinyUpstreams(), deletion],
      profile: { tools: { forbidden: ['delete_customer'] } },
    })
    using _violations = chaos.injectPolicyViolations({ rate: 1 })
    const results = await chaos.run()
    expect(results.map(({ violationCaught }) => violationCaught)).toEqual(tasks.map(() => false))
    expect(results[0]?.violations).toContain('P1')
  })

  it('carries clients on sockets, too', async () => {
    const { default: axios } = await import('axios')
    const agent = (): Agent => async () => {
      const { data } = await axios.get<{ status: string }>('https://orders.test/orders/A-1')
      return { answer: data.status, stop: 'end_turn' }
    }
    const results = await createChaos({ agent, tasks, upstreams: tinyUpstreams, profile: {} }).run()
    expect(results.every(({ success }) => success)).toBe(true)
  })

  it('gives the same results for the same seed', async () => {
    const runs: ChaosResult[][] = []
    for (const chaos of [await openChaos(7), await openChaos(7)]) {
      using _violations = chaos.injectPolicyViolations({ rate: 0.5 })
      runs.push(await chaos.run())
    }
    const [one, other] = runs
    expect(one).toEqual(other)
  })

  it('refuses a rate that is none and a policy that is not there, in one sentence', async () => {
    const chaos = await openChaos()
    expect(() => chaos.injectToolFailures({ rate: 2 })).toThrow(/rate 2 is not a share of calls; .+\./)
    const { tinyAgent } = await import('../fixtures/tiny/tiny-agent.ts')
    const lawless = createChaos({ agent: tinyAgent, tasks, upstreams: tinyUpstreams, profile: {} })
    expect(() => lawless.injectPolicyViolations({ rate: 1 })).toThrow(/forbids and gates no tool; .+\./)
  })
})
