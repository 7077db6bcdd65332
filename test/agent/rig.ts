import { z } from 'zod'
import type { AgentOptions } from '../../src/agent/agent-options.ts'
import type { AgentParts } from '../../src/agent/agent-parts.ts'
import { httpTool } from '../../src/agent/tools/http-tool.ts'
import type { AgentOutcome } from '../../src/agent/task/outcome.ts'
import { createReferenceAgent } from '../../src/agent/reference-agent.ts'
import { defineTool } from '../../src/agent/tools/tool.ts'
import type { Tool } from '../../src/agent/tools/tool.ts'
import { scriptedServer } from './scripted-server.ts'
import type { Reply, ScriptedServer } from './scripted-server.ts'

export interface Rig {
  readonly outcome: AgentOutcome
  readonly model: ScriptedServer
  readonly back: ScriptedServer
  /** Messages of the nth model request, from 0. */
  messages(
    index: number,
  ): { role: string; content: string | null; tool_call_id?: string; tool_calls?: { id: string }[] }[]
  /** Tool results in the last model request. */
  results(): { id: string; content: string }[]
}

export interface RigOptions {
  readonly model: readonly Reply[]
  readonly back?: readonly Reply[]
  readonly input?: string
  readonly signal?: AbortSignal
  readonly options?: Partial<AgentOptions>
  readonly parts?: Partial<AgentParts>
  readonly tools?: readonly Tool[]
  /** Whose words the model speaks; default OpenAI's. */
  readonly provider?: 'openai' | 'anthropic'
  readonly client?: Partial<AgentOptions['client']>
  /** Called once the servers are up and the task has started. */
  readonly meanwhile?: (servers: { model: ScriptedServer; back: ScriptedServer }) => void
}

/** A read-only and an effectful tool on one back end. */
export function supportTools(url: string): Tool[] {
  const order = z.object({ orderId: z.string() })
  return [
    defineTool({
      name: 'look_up_order',
      description: 'Looks an order up.',
      parameters: order,
      effectful: false,
      execute: httpTool({ method: 'GET', url: ({ orderId }) => `${url}/orders/${orderId}` }),
    }),
    defineTool({
      name: 'issue_refund',
      description: 'Refunds an order.',
      parameters: order,
      effectful: true,
      execute: httpTool({ method: 'POST', url: () => `${url}/refunds`, body: (args) => args }),
    }),
  ]
}

/** Runs one task of an agent on two loopback servers, with real waits of about a millisecond. */
export async function runAgent(rig: RigOptions): Promise<Rig> {
  const model = await scriptedServer(rig.model)
  const back = await scriptedServer(rig.back ?? [])
  const agent = createReferenceAgent(
    {
      client: { ...addressOf(model.url, rig.provider), ...rig.client },
      instructions: 'You help customers.',
      tools: [...supportTools(back.url), ...(rig.tools ?? [])],
      retry: { baseMs: 1, capMs: 2 },
      ...rig.options,
    },
    rig.parts,
  )
  const signal = rig.signal ?? new AbortController().signal
  const running = agent({ id: 'task-1', input: rig.input ?? 'Refund A-1001 please' }, { signal })
  rig.meanwhile?.({ model, back })
  const outcome = await running
  const messages: Rig['messages'] = (index) => JSON.parse(model.seen[index]?.text ?? '{"messages":[]}').messages
  return {
    outcome,
    model,
    back,
    messages,
    results: () =>
      messages(model.seen.length - 1)
        .filter(({ role }) => role === 'tool')
        .map(({ tool_call_id, content }) => ({ id: tool_call_id ?? '', content: content ?? '' })),
  }
}

/** The SDKs disagree on whether the version is part of the address. */
function addressOf(url: string, provider: 'openai' | 'anthropic' = 'openai') {
  return { provider, apiKey: 'test-key', baseURL: provider === 'openai' ? `${url}/v1` : url, model: 'm' }
}
