// First: what is imported before the simulation is in place escapes it.
import { openStore, storeFile } from '../store/_store.ts'
import { z } from 'zod'
import type { Fault } from '../../../src/contract/fault.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { Approvals } from '../../../src/agent/policy/approvals.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { ApprovalRecord } from '../../../src/agent/store/records/effect-records.ts'
import type { AgentOutcome } from '../../../src/agent/task/outcome.ts'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import type { ScriptedReply, ScriptedToolCall } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { play } from '../../wire/_play.ts'

/** A desk whose tools need an approval, and a human who looks at its store between two processes of its agent. */
interface Gate {
  readonly approvals: Approvals
  /** Hands a task over to an agent that is made for it, as a process makes one that has just started. */
  handOver(taskId?: string): Promise<AgentOutcome>
  /** The one open request, or the one about an order. */
  asked(orderId?: string): Promise<ApprovalRecord>
}

export interface GateOptions {
  /** What the model says, step by step; then it repeats the results of its tools. Default: both refunds at once. */
  readonly replies?: readonly ScriptedReply[]
  /** What the reading tool answers. */
  readonly account?: object
  readonly policy?: AgentOptions['policy']
  readonly options?: Partial<AgentOptions>
  readonly faults?: readonly Fault[]
}

export const refund = (id: string, callId = `call-${id}`): ScriptedToolCall => ({
  name: 'issue_refund',
  arguments: { id },
  id: callId,
})

/** A gated call that changes nothing, so that nothing but its approval keeps it from running twice. */
export const reading = (id: string, callId = `read-${id}`): ScriptedToolCall => ({
  name: 'read_account',
  arguments: { id },
  id: callId,
})

const bothRefunds: readonly ScriptedReply[] = [{ toolCalls: [refund('A-1'), refund('A-2')] }]
export const bothDone = '{"refunded":"A-1"} / {"refunded":"A-2"}'
export const waits = { answer: null, stop: 'requires_approval' }

/** Plays a scene at the gate; what it tells is what the tools were asked over the wire. */
export async function atTheGate(scene: (gate: Gate) => Promise<void>, options: GateOptions = {}) {
  const { replies = bothRefunds, account = { balance: 40 }, faults = [] } = options
  const upstreams = [modelThatSays(replies), refundService(), accountService(account), storeFile()]
  const { events } = await play({ upstreams, faults }, () => {
    const approvals = new Approvals(openStore())
    return scene({
      approvals,
      handOver: (id = 'T-1') =>
        gatedAgent(options)({ id, input: 'Refund A-1 and A-2.' }, { signal: new AbortController().signal }),
      async asked(orderId) {
        const open = await approvals.pending()
        const [request, ...others] = open.filter((record) => !orderId || record.argumentsText.includes(orderId))
        if (!request || others.length > 0) throw new Error(`expected one open request, not ${open.length}`)
        return request
      },
    })
  })
  const sent = events.flatMap((event) => (event.type === 'request.sent' ? [event] : []))
  return {
    applied: events.flatMap((event) => (event.type === 'effect.applied' ? [event.effect.key] : [])),
    keys: sent.filter(({ upstream }) => upstream === 'issue_refund').map(({ idempotencyKey }) => idempotencyKey),
    read: sent.flatMap(({ upstream, tool }) => (upstream === 'read_account' ? [tool?.arguments['id']] : [])),
    asksOfModel: sent.filter(({ upstream }) => upstream === 'primary').length,
  }
}

function gatedAgent({ policy, options }: GateOptions) {
  const parameters = z.object({ id: z.string() })
  return createReferenceAgent({
    client: { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' },
    instructions: 'You work at a desk.',
    store: openStore(),
    tools: [
      defineTool({
        name: 'issue_refund',
        description: 'Refunds an order.',
        parameters,
        effectful: true,
        execute: httpTool({ method: 'POST', url: () => 'https://shop.test/refunds', body: (args) => args }),
      }),
      defineTool({
        name: 'read_account',
        description: 'Reads an account.',
        parameters,
        effectful: false,
        execute: httpTool({ method: 'GET', url: ({ id }) => `https://shop.test/accounts/${id}` }),
      }),
    ],
    policy: { gated: ['issue_refund', 'read_account'], ...policy },
    ...options,
  })
}

function modelThatSays(replies: readonly ScriptedReply[]) {
  return openAiChat({
    name: 'primary',
    script: ({ messages }) => {
      const said = messages.filter(({ role }) => role === 'assistant').length
      const results = messages.filter(({ role }) => role === 'tool').map(({ text }) => text)
      return replies[said] ?? { content: results.join(' / ') }
    },
  })
}

function refundService() {
  return toolBackend({
    tool: 'issue_refund',
    method: 'POST',
    url: 'https://shop.test/refunds',
    handle: ({ arguments: args, applyEffect }) => {
      applyEffect(`refund:${args['id'] as string}`, args)
      return toolResult({ refunded: args['id'] ?? null })
    },
  })
}

function accountService(account: object) {
  return toolBackend({
    tool: 'read_account',
    method: 'GET',
    url: 'https://shop.test/accounts/:id',
    handle: () => toolResult(account),
  })
}
