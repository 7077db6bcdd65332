import { play } from '../wire/_play.ts'
import type { Played } from '../wire/_play.ts'
import { z } from 'zod'
import type { Fault, Trigger } from '../../src/contract/fault.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import type { AgentOptions } from '../../src/agent/agent-options.ts'
import type { AgentParts } from '../../src/agent/agent-parts.ts'
import { httpTool } from '../../src/agent/tools/http-tool.ts'
import type { AgentOutcome, AgentTask } from '../../src/agent/task/outcome.ts'
import type { ReferenceAgent } from '../../src/agent/task/agent.ts'
import { createReferenceAgent } from '../../src/agent/reference-agent.ts'
import { defineTool } from '../../src/agent/tools/tool.ts'
import type { ModelScript, ModelTurn } from '../../src/wire/model-script.ts'
import { anthropicMessages } from '../../src/wire/anthropic/anthropic-messages.ts'
import { openAiChat } from '../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../src/wire/tool-backend.ts'
import type { Upstream } from '../../src/wire/upstream.ts'

/** What a test may change of the desk. */
export interface Desk {
  readonly options?: Partial<AgentOptions>
  readonly parts?: Partial<AgentParts>
  readonly faults?: readonly Fault[]
  readonly primary?: ModelScript
  readonly backup?: ModelScript
  /** Whose words the primary speaks; default OpenAI's. */
  readonly provider?: 'openai' | 'anthropic'
}

/** Asks the agent; `atMs` waits in virtual time first, `cancelAfterMs` cancels, with 0 before the agent is asked. */
export type Ask = (
  task?: Partial<AgentTask> & { readonly atMs?: number; readonly cancelAfterMs?: number },
) => Promise<AgentOutcome>

export const orderTool = 'look_up_order'
export const refundTool = 'issue_refund'

/** One fault on the calls of an upstream; on all of them unless a trigger is given. */
export function fault(
  id: string,
  name: string,
  trigger: Trigger = { on: 'every', n: 1 },
  parameters: JsonObject = {},
): Fault {
  const kind = name === orderTool || name === refundTool ? 'tool' : 'model'
  return { id, target: { kind, name }, trigger, parameters }
}

/** The first so many calls of the primary are answered 503. */
export function failing(calls: number, name = 'primary'): Fault {
  return fault('openai.503', name, { on: 'burst', from: 1, length: calls })
}

/** Plays a scene with one reference agent, two model endpoints and two tools, in virtual time. */
export async function atTheDesk<Value>(
  desk: Desk,
  scene: (ask: Ask, agent: ReferenceAgent) => Promise<Value>,
): Promise<Played<Value>> {
  const backup = { name: 'backup', origin: 'https://backup.test' }
  const upstreams = [
    primaryOf(desk),
    openAiChat({ ...backup, script: desk.backup ?? (() => ({ content: 'From the backup.' })) }),
    toolBackend({ tool: orderTool, method: 'GET', url: 'https://shop.test/orders/:id', handle: () => toolResult({}) }),
    toolBackend({
      tool: refundTool,
      method: 'POST',
      url: 'https://shop.test/refunds',
      handle({ arguments: args, applyEffect }) {
        applyEffect(`${refundTool}:A-1`, args)
        return toolResult({ status: 'issued' })
      },
    }),
  ]
  return play({ upstreams, faults: desk.faults ?? [] }, async () => {
    const client = { ...settings.client, ...(desk.provider === 'anthropic' ? anthropicAddress : {}) }
    const agent = createReferenceAgent({ ...settings, client, ...desk.options }, desk.parts)
    let count = 0
    return scene(async ({ atMs = 0, cancelAfterMs, ...task } = {}) => {
      const caller = new AbortController()
      if (atMs > 0) await sleep(atMs)
      if (cancelAfterMs === 0) caller.abort()
      else if (cancelAfterMs !== undefined) setTimeout(() => caller.abort(), cancelAfterMs)
      return agent({ id: `task-${++count}`, input: 'When are you open?', ...task }, { signal: caller.signal })
    }, agent)
  })
}

function primaryOf({ provider, primary: script = () => ({ content: 'From the primary.' }) }: Desk): Upstream {
  return provider === 'anthropic'
    ? anthropicMessages({ name: 'primary', script })
    : openAiChat({ name: 'primary', script })
}

/** Waits in virtual time. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Calls that an upstream received. */
export function callsOf({ events }: Played<unknown>, upstream: string): number {
  return events.filter((event) => event.type === 'request.sent' && event.upstream === upstream).length
}

/** A model that asks for one tool and then says that it is done. */
export function asksFor(name: string, args: JsonObject | string = { id: 'A-1' }): (turn: ModelTurn) => object {
  return ({ messages }) =>
    messages.some(({ role }) => role === 'tool')
      ? { content: 'It is done.' }
      : { toolCalls: [{ name, arguments: args }] }
}

/** A second model to fall back to. */
export const simplified = {
  kind: 'model',
  client: { name: 'backup', apiKey: 'key-2', baseURL: 'https://backup.test/v1', model: 'small' },
  instructions: 'Answer in one sentence.',
} as const

const anthropicAddress = { provider: 'anthropic', baseURL: 'https://api.anthropic.com' } as const

const id = z.object({ id: z.string() })

const settings: AgentOptions = {
  client: { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' },
  instructions: 'You work at a desk.',
  retry: { maxAttempts: 1 },
  tools: [
    defineTool({
      name: orderTool,
      description: 'Looks an order up.',
      parameters: id,
      effectful: false,
      execute: httpTool({ method: 'GET', url: (args) => `https://shop.test/orders/${args.id}` }),
    }),
    defineTool({
      name: refundTool,
      description: 'Refunds an order.',
      parameters: id,
      effectful: true,
      effectKey: (args) => args.id,
      execute: httpTool({ method: 'POST', url: () => 'https://shop.test/refunds', body: (args) => args }),
    }),
  ],
}
