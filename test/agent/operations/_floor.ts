import { z } from 'zod'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import type { AgentParts } from '../../../src/agent/agent-parts.ts'
import type { CountedAgent } from '../../../src/agent/operations/agent-totals.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentOutcome } from '../../../src/agent/task/outcome.ts'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import type { Tool } from '../../../src/agent/tools/tool.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import type { ModelScript } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { play } from '../../wire/_play.ts'
import type { Played } from '../../wire/_play.ts'

/** What a scene plays on: the primary, other models by name, and the back end of one tool. */
export interface Floor {
  readonly primary?: ModelScript
  readonly others?: Readonly<Record<string, ModelScript>>
  readonly upstreams?: readonly Upstream[]
  readonly faults?: readonly Fault[]
}

export const orderTool = 'look_up_order'

/** Plays a scene in virtual time. */
export function onTheFloor<Value>(floor: Floor, scene: () => Promise<Value>): Promise<Played<Value>> {
  const { primary = () => ({ content: 'From the primary.' }), others = {}, upstreams = [], faults = [] } = floor
  const back = { tool: orderTool, method: 'GET', url: 'https://shop.test/orders/:id' } as const
  return play(
    {
      upstreams: [
        openAiChat({ name: 'primary', script: primary }),
        ...Object.entries(others).map(([name, script]) => openAiChat({ name, origin: `https://${name}.test`, script })),
        toolBackend({ ...back, handle: () => toolResult({ state: 'sent' }) }),
        ...upstreams,
      ],
      faults,
    },
    scene,
  )
}

/** A reference agent on the primary, or on another model of the floor; one attempt a call, unless the options say so. */
export function agentOn(
  name: string,
  options: Partial<AgentOptions> = {},
  parts: Partial<AgentParts> = {},
): CountedAgent {
  const baseURL = name === 'primary' ? 'https://api.openai.com/v1' : `https://${name}.test/v1`
  const client = { name, apiKey: 'key', baseURL, model: 'large' }
  return createReferenceAgent({ client, instructions: 'You help.', retry: { maxAttempts: 1 }, ...options }, parts)
}

/** Gives an agent one task. */
export function give(
  agent: ReferenceAgent,
  input = 'When are you open?',
  signal: AbortSignal = new AbortController().signal,
): Promise<AgentOutcome> {
  return agent({ id: `task: ${input}`, input }, { signal })
}

/** Gives an agent so many tasks, one after another. */
export async function giveAll(agent: ReferenceAgent, count: number): Promise<AgentOutcome[]> {
  const outcomes: AgentOutcome[] = []
  for (let index = 0; index < count; index++) outcomes.push(await give(agent, `Question ${index}?`))
  return outcomes
}

/** A signal that is aborted after so many milliseconds. */
export function abortedAfter(ms: number): AbortSignal {
  const caller = new AbortController()
  setTimeout(() => caller.abort(), ms)
  return caller.signal
}

/** A read-only tool over HTTP. */
export function lookUpTool(): Tool {
  return defineTool({
    name: orderTool,
    description: 'Looks an order up.',
    parameters: z.object({ id: z.string() }),
    effectful: false,
    execute: httpTool({ method: 'GET', url: ({ id }) => `https://shop.test/orders/${id}` }),
  })
}
