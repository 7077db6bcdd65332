import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgentOptions, Approve } from '../../../../src/agent/agent-options.ts'
import { AgentMetrics } from '../../../../src/agent/operations/agent-metrics.ts'
import { metered } from '../../../../src/agent/operations/metered-agent.ts'
import { delegateTool } from '../../../../src/agent/operations/subagents/delegate-tool.ts'
import { delegatingAgent } from '../../../../src/agent/operations/subagents/delegating-agent.ts'
import { createReferenceAgent } from '../../../../src/agent/reference-agent.ts'
import type { ModelTurn, ScriptedReply } from '../../../../src/wire/model-script.ts'
import { callsOf, fault, sleep } from '../../_desk.ts'
import { give, lookUpTool, onTheFloor, orderTool } from '../_floor.ts'

/** The options of an agent on a model of the floor. */
function on(name: string, options: Partial<AgentOptions> = {}): AgentOptions {
  const baseURL = name === 'primary' ? 'https://api.openai.com/v1' : `https://${name}.test/v1`
  return {
    client: { name, apiKey: 'key', baseURL, model: 'large' },
    ...{ instructions: 'You help.', retry: { maxAttempts: 1 }, timeouts: { toolMs: 600_000 } },
    ...options,
  }
}

const askHelper = (agent: () => AgentOptions) =>
  delegateTool({ name: 'ask_helper', description: 'Asks for help.', agent })

/** A model that asks for one tool with new arguments so many times, and then repeats what the last call brought. */
function asks(tool: string, times: number): (turn: ModelTurn) => ScriptedReply {
  return ({ messages }) => {
    const results = messages.filter(({ role }) => role === 'tool')
    if (results.length >= times) return { content: `Done: ${results.at(-1)?.text ?? ''}` }
    const number = `${results.length + 1}`
    return { toolCalls: [{ name: tool, arguments: tool === orderTool ? { id: number } : { task: `Task ${number}` } }] }
  }
}

const helper = (options: Partial<AgentOptions> = {}) => on('helper', { tools: [lookUpTool()], ...options })

describe('a task that is passed on', () => {
  it('is answered by the other agent, and its depth is known', async () => {
    const floor = { primary: asks('ask_helper', 1), others: { helper: asks(orderTool, 1) } }
    const { value } = await onTheFloor(floor, async () => {
      const metrics = new AgentMetrics()
      const agent = delegatingAgent(on('primary', { tools: [askHelper(helper)] }))
      const outcome = await give(metered(agent, metrics))
      return { outcome, depth: metrics.read().averageDelegationDepth }
    })
    expect(value.outcome).toEqual({ answer: 'Done: Done: {"state":"sent"}', stop: 'end_turn' })
    expect(value.depth).toBe(1)
  })

  it('has the rest of the time, however much the other agent would take', async () => {
    const faults = [fault('net.hang.headers', 'helper')]
    const floor = { primary: asks('ask_helper', 1), others: { helper: asks(orderTool, 1) }, faults }
    const played = await onTheFloor(floor, async () => {
      const timeouts = { taskMs: 5_000, toolMs: 600_000 }
      const outcome = await give(delegatingAgent(on('primary', { tools: [askHelper(helper)], timeouts })))
      await sleep(60_000)
      return outcome.stop
    })
    expect(played.value).toBe('deadline')
    expect(played.events.find(({ type }) => type === 'request.aborted')?.at).toBe(5_000)
  })

  it('takes no more steps than the first agent has, whoever takes them', async () => {
    const drawn = fc.record({
      ...{ maxSteps: fc.integer({ min: 1, max: 9 }), helperSteps: fc.integer({ min: 1, max: 9 }) },
      ...{ wanted: fc.integer({ min: 1, max: 4 }), lookedUp: fc.integer({ min: 0, max: 9 }) },
    })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ maxSteps, helperSteps, wanted, lookedUp }) => {
        const floor = { primary: asks('ask_helper', wanted), others: { helper: asks(orderTool, lookedUp) } }
        const played = await onTheFloor(floor, () =>
          give(
            delegatingAgent(on('primary', { maxSteps, tools: [askHelper(() => helper({ maxSteps: helperSteps }))] })),
          ),
        )
        expect(callsOf(played, 'primary') + callsOf(played, 'helper')).toBeLessThanOrEqual(maxSteps)
        const isEnough = maxSteps > wanted * (lookedUp + 2) && helperSteps > lookedUp
        if (isEnough) expect(played.value.stop).toBe('end_turn')
      }),
      { numRuns: 60 },
    )
  })

  it('has the retries of the first agent, which all share', async () => {
    const faults = [fault('openai.503', 'helper')]
    const retry = { maxAttempts: 5, baseMs: 1, capMs: 1 }
    const floor = { primary: asks('ask_helper', 2), others: { helper: asks(orderTool, 1) }, faults }
    const played = await onTheFloor(floor, () =>
      give(delegatingAgent(on('primary', { tools: [askHelper(() => helper({ retry }))] }), { maxRetries: 3 })),
    )
    // Two calls, and three repeated attempts between them.
    expect(callsOf(played, 'helper')).toBe(5)
    expect(played.value.answer).toContain('gave no answer (llm_api_error)')
  })

  it('is passed on no further than the limit', async () => {
    const script = asks('ask_helper', 1)
    const played = await onTheFloor({ primary: script, others: { helper: script } }, async () => {
      const again = (): AgentOptions => on('helper', { tools: [askHelper(again)] })
      const metrics = new AgentMetrics()
      const outcome = await give(
        metered(delegatingAgent(on('primary', { maxSteps: 50, tools: [askHelper(again)] }), { maxDepth: 3 }), metrics),
      )
      return { outcome, depth: metrics.read().averageDelegationDepth }
    })
    expect(played.value.outcome.answer).toContain('was passed on 3 times, which is the limit; do it yourself')
    expect(played.value.depth).toBe(3)
    expect(callsOf(played, 'helper')).toBe(6)
  })

  it('is not passed on by an agent that was not made for it', async () => {
    const played = await onTheFloor({ primary: asks('ask_helper', 1), others: { helper: asks(orderTool, 1) } }, () =>
      give(createReferenceAgent(on('primary', { tools: [askHelper(helper)] }))),
    )
    expect(played.value.answer).toContain('not made to pass tasks on')
    expect(callsOf(played, 'helper')).toBe(0)
  })
})

describe('what an agent may not do, another may not do for it', () => {
  const floor = { primary: asks('ask_helper', 1), others: { helper: asks(orderTool, 1) } }
  const withPolicy = (
    policy: NonNullable<AgentOptions['policy']>,
    child: Partial<AgentOptions> = {},
    input = 'Order 1, please.',
  ) =>
    onTheFloor(floor, () =>
      give(delegatingAgent(on('primary', { policy, tools: [askHelper(() => helper(child))] })), input),
    )

  it('with a forbidden tool', async () => {
    const played = await withPolicy({ forbidden: [orderTool] })
    expect(callsOf(played, orderTool)).toBe(0)
    expect(played.value.answer).toContain('this tool is forbidden')
  })

  it('with a tool that needs an approval, for which each of them is asked that wants to be', async () => {
    const asked: string[] = []
    const answers =
      (who: string, decision: 'approved' | 'denied'): Approve =>
      async ({ tool }) => (asked.push(`${who}: ${tool}`), decision)
    const gated = [orderTool]
    const denied = await withPolicy({ gated, approve: answers('first', 'denied') })
    expect(callsOf(denied, orderTool)).toBe(0)
    expect(denied.value.answer).toContain('its approval was denied')
    const child = { policy: { gated, approve: answers('second', 'approved') } }
    const both = await withPolicy({ gated, approve: answers('first', 'approved') }, child)
    expect(callsOf(both, orderTool)).toBe(1)
    expect(asked).toEqual(['first: look_up_order', 'first: look_up_order', 'second: look_up_order'])
  })

  it('with a target that only the first agent has named to the second', async () => {
    const policy = { userMustName: { [orderTool]: ['id'] } }
    expect(callsOf(await withPolicy({}, { policy }), orderTool)).toBe(1)
    expect(callsOf(await withPolicy(policy, {}, 'Some order, please.'), orderTool)).toBe(0)
    // The words "Task 1" of the first agent name the order; those of the user do not.
    expect(callsOf(await withPolicy({}, { policy }, 'Some order, please.'), orderTool)).toBe(0)
  })

  it('with a secret in the arguments', async () => {
    const leak = () => ({ toolCalls: [{ name: orderTool, arguments: { id: 'hunter2-hunter2' } }] })
    const played = await onTheFloor({ ...floor, others: { helper: leak } }, () =>
      give(
        delegatingAgent(
          on('primary', {
            policy: { secrets: ['hunter2-hunter2'] },
            tools: [askHelper(() => helper({ maxSteps: 2 }))],
          }),
        ),
      ),
    )
    expect(callsOf(played, orderTool)).toBe(0)
  })
})
