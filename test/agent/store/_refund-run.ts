// First: what is imported before the simulation is in place escapes it.
import { openStore, storeFile } from './_store.ts'
import { z } from 'zod'
import type { Fault } from '../../../src/contract/fault.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { Approvals } from '../../../src/agent/policy/approvals.ts'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import type { ScriptedToolCall } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import type { Reply } from '../../../src/wire/reply.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { refundScenario, runUnder } from '../../scenario/process/_refunds.ts'

/** How the model asks for the two refunds. */
export type Asking = 'in one reply' | 'in two steps'

export interface RefundRun {
  readonly asking: Asking
  /** Whether the back end does a thing once for each key, and the tool says so. */
  readonly honoursKey: boolean
  readonly options?: Partial<AgentOptions>
  /** Whether refunds are gated, and a human approves them as soon as the task waits for it. */
  readonly gated?: true
}

const url = 'https://shop.test/refunds'
/** The task of the run. */
export const refundTask = { id: 'T-1', input: 'Refund A-1 and A-2.' }

const orderIds = ['A-1', 'A-2']
const refund = (id: string): ScriptedToolCall => ({ name: 'issue_refund', arguments: { id }, id: `call-${id}` })

/** Runs one task with two refunds, whose agent keeps what it does in a file and is made anew from it after a kill. */
export async function refundRun(run: RefundRun, ...faults: Fault[]) {
  const scenario = refundScenario(() => (run.gated ? approved(refundAgent(run)) : refundAgent(run)), {
    tasks: [refundTask],
    upstreams: () => refundUpstreamsOf(run),
  })
  const ran = await runUnder(scenario, ...faults)
  const outcomes = ran.events.flatMap((event) => (event.type === 'task.ended' ? [event.outcome] : []))
  return { ...ran, outcomes, applied: ran.effects.map(({ key }) => key) }
}

/** The model, the back end and the file of the store. */
export function refundUpstreamsOf({ asking, honoursKey }: RefundRun): Upstream[] {
  return [model(asking), backend(honoursKey), storeFile()]
}

/** Hands the task over again once a human has approved what it waits for. */
function approved(agent: ReferenceAgent): ReferenceAgent {
  const approvals = new Approvals(openStore())
  return async (task, options) => {
    for (;;) {
      const outcome = await agent(task, options)
      if (outcome.stop !== 'requires_approval') return outcome
      for (const { id } of await approvals.pending()) await approvals.approve(id)
    }
  }
}

/** The agent, as each process makes it. */
export function refundAgent({ honoursKey, options, gated }: RefundRun) {
  return createReferenceAgent({
    client: { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' },
    instructions: 'You work at a desk.',
    store: openStore(),
    tools: [
      defineTool({
        name: 'issue_refund',
        description: 'Refunds an order.',
        parameters: z.object({ id: z.string() }),
        effectful: true,
        honoursIdempotencyKey: honoursKey,
        execute: httpTool({ method: 'POST', url: () => url, body: (args) => args }),
      }),
    ],
    policy: { gated: gated ? ['issue_refund'] : [] },
    ...options,
  })
}

function model(asking: Asking): Upstream {
  return openAiChat({
    name: 'primary',
    script: ({ messages }) => {
      const asked = messages.flatMap(({ toolCalls }) => toolCalls).length
      const next = asking === 'in one reply' ? orderIds.slice(asked) : orderIds.slice(asked, asked + 1)
      if (next.length > 0) return { toolCalls: next.map(refund) }
      const results = messages.filter(({ role }) => role === 'tool').map(({ text }) => text)
      return { content: results.join(' / ') }
    },
  })
}

/** A back end that refunds; with a memory of the keys that it was asked under, if it has one. */
function backend(honoursKey: boolean): Upstream {
  const answered = new Map<string, Reply>()
  const forgetful = toolBackend({
    tool: 'issue_refund',
    method: 'POST',
    url,
    handle: ({ arguments: args, applyEffect }) => {
      applyEffect(`refund:${args['id'] as string}`, args)
      return toolResult({ refunded: args['id'] ?? null })
    },
  })
  if (!honoursKey) return forgetful
  return {
    ...forgetful,
    handle: (request, view, context) => {
      const key = request.header('idempotency-key') ?? ''
      const reply = answered.get(key) ?? forgetful.handle(request, view, context)
      answered.set(key, reply as Reply)
      return reply
    },
  }
}
