import { ROOT_CONTEXT, context, trace } from '@opentelemetry/api'
import type { ContextManager } from '@opentelemetry/api'
import { StackContextManager } from '@opentelemetry/sdk-trace'
import { expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { observedAgent } from '../../../src/agent/events/observed-agent.ts'
import { delegateTool } from '../../../src/agent/operations/subagents/delegate-tool.ts'
import { delegatingAgent } from '../../../src/agent/operations/subagents/delegating-agent.ts'
import type { ModelTurn, ScriptedReply } from '../../../src/wire/model-script.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { asks, says } from '../chat-replies.ts'
import { atTheDesk } from '../_desk.ts'
import { runAgent } from '../rig.ts'
import { agentOn, give, lookUpTool, onTheFloor, orderTool } from '../operations/_floor.ts'
import { otel } from './_otel.ts'

/** A model that asks for one tool and then answers. */
function asksOnce(tool: string, args: Readonly<Record<string, string>>): (turn: ModelTurn) => ScriptedReply {
  return ({ messages }) =>
    messages.some(({ role }) => role === 'tool')
      ? { content: 'Done.' }
      : { toolCalls: [{ name: tool, arguments: { ...args } }] }
}

function on(name: string, options: Partial<AgentOptions>): AgentOptions {
  const baseURL = name === 'primary' ? 'https://api.openai.com/v1' : `https://${name}.test/v1`
  const client = { name, apiKey: 'key', baseURL, model: 'large' }
  return { client, instructions: 'You help.', timeouts: { toolMs: 60_000 }, ...options }
}

it('the spans of an agent that a task was passed on to are below the tool call', async () => {
  const sdk = otel()
  const helper = () => on('helper', { tools: [lookUpTool()], observer: sdk.telemetry({ agentName: 'helper' }) })
  const floor = {
    primary: asksOnce('ask_helper', { task: 'Look A-1 up.' }),
    others: { helper: asksOnce(orderTool, { id: 'A-1' }) },
  }
  await onTheFloor(floor, () => {
    const tools = [delegateTool({ name: 'ask_helper', description: 'Asks for help.', agent: helper })]
    return give(delegatingAgent(on('primary', { tools, observer: sdk.telemetry() })))
  })
  const spans = await sdk.spans()
  expect(spans.map(({ name, parent }) => [name, parent])).toEqual([
    ['invoke_agent desk', null],
    ['agent_step', 'invoke_agent desk'],
    ['chat large', 'agent_step'],
    ['execute_tool ask_helper', 'agent_step'],
    ['invoke_agent helper', 'execute_tool ask_helper'],
    ['agent_step', 'invoke_agent helper'],
    ['chat large', 'agent_step'],
    [`execute_tool ${orderTool}`, 'agent_step'],
    ['agent_step', 'invoke_agent helper'],
    ['chat large', 'agent_step'],
    ['agent_step', 'invoke_agent desk'],
    ['chat large', 'agent_step'],
  ])
  expect(new Set(spans.map(({ trace: id }) => id)).size).toBe(1)
})

it('tasks that overlap have traces of their own', async () => {
  const sdk = otel()
  await atTheDesk({ options: { observer: sdk.telemetry() } }, (ask) => Promise.all([ask(), ask()]))
  const spans = await sdk.spans()
  expect(new Set(spans.map(({ trace: id }) => id)).size).toBe(2)
  expect(spans.filter(({ parent }) => parent === 'unknown')).toEqual([])
})

it('any agent can be traced from outside, and what is inside comes below', async () => {
  const sdk = otel()
  const address = { provider: 'openai', model: 'large', baseURL: 'https://api.openai.com/v1' }
  const outcome = await onTheFloor({}, () => {
    const inner = agentOn('primary', { observer: sdk.telemetry({ agentName: 'inner' }) })
    return give(observedAgent(inner, sdk.telemetry({ agentName: 'outer' }), { address, secrets: [] }))
  })
  expect(outcome.value.stop).toBe('end_turn')
  const [outer, inner, ...others] = await sdk.spans()
  expect(outer).toMatchObject({
    name: 'invoke_agent outer',
    parent: null,
    attributes: { 'reference_agent.steps': 1, 'gen_ai.usage.input_tokens': expect.any(Number) },
  })
  expect(inner).toMatchObject({ name: 'invoke_agent inner', parent: 'invoke_agent outer' })
  expect(others).toHaveLength(2)
})

it('an agent that throws has failed, and throws what it threw', async () => {
  const sdk = otel()
  const address = { provider: 'openai', model: 'large', baseURL: 'not an address' }
  const broken = observedAgent(() => Promise.reject(new RangeError('no')), sdk.telemetry(), { address, secrets: [] })
  await expect(give(broken)).rejects.toThrow(new RangeError('no'))
  const [span] = await sdk.spans()
  expect(span).toMatchObject({ isError: true, attributes: { 'error.type': 'RangeError' } })
  expect(span?.attributes).not.toHaveProperty('server.address')
})

it('an active span around the agent is the parent of its task', async () => {
  const manager: ContextManager = new StackContextManager().enable()
  context.setGlobalContextManager(manager)
  onTestFinished(() => context.disable())
  const sdk = otel()
  const around = sdk.tracer.startSpan('request')
  await atTheDesk({ options: { observer: sdk.telemetry() } }, (ask) =>
    context.with(trace.setSpan(ROOT_CONTEXT, around), () => ask()),
  )
  around.end()
  expect((await sdk.spans())[1]).toMatchObject({ name: 'invoke_agent desk', parent: 'request' })
})

it.each([-3_600_000, 3_600_000])('no span is out of order where the clock is set by %i ms meanwhile', async (byMs) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const sdk = otel()
  const setClock = defineTool({
    ...{ name: 'set_clock', description: 'Sets it.', effectful: false, parameters: z.object({}) },
    execute: async () => void vi.setSystemTime(Date.now() + byMs),
  })
  await runAgent({
    model: [asks([{ name: 'set_clock', args: {} }]), says('Done.')],
    tools: [setClock],
    options: { observer: sdk.telemetry() },
  })
  const spans = await sdk.spans()
  const [task] = spans
  expect(task?.tookMs).toBeGreaterThan(0)
  expect(task?.tookMs).toBeLessThan(60_000)
  expect(spans.find(({ name }) => name === 'execute_tool set_clock')?.tookMs).toBeLessThan(60_000)
})
