import { play } from '../../../wire/_play.ts'
import { connected, eras, orderTools, orders } from '../../../wire/mcp/_orders.ts'
import type { Era } from '../../../wire/mcp/_orders.ts'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../../src/contract/fault.ts'
import { createReferenceAgent } from '../../../../src/agent/reference-agent.ts'
import { mcpTools } from '../../../../src/agent/tools/mcp/mcp-tools.ts'
import { mcpResult } from '../../../../src/wire/mcp/mcp-tool.ts'
import type { McpTool } from '../../../../src/wire/mcp/mcp-tool.ts'
import { openAiChat } from '../../../../src/wire/openai/openai-chat.ts'
import { told } from './_served.ts'

/** A model that calls one tool twice, the second time with the same words, and repeats what it was told of each. */
function caller(name: string) {
  return openAiChat({
    name: 'primary',
    script({ messages }) {
      const results = messages.filter(({ role }) => role === 'tool').map(({ text }) => text)
      if (results.length === 2) return { content: results.join('\n') }
      return { toolCalls: [{ name, arguments: { orderId: 'A-1' } }] }
    },
  })
}

/** Both tools say what their results look like. */
function shop() {
  return orders({ tools: orderTools.map((tool) => (tool.name === 'issue_refund' ? refundWithData(tool) : tool)) })
}

function refundWithData(tool: McpTool): McpTool {
  const outputSchema = { type: 'object', properties: { refunds: { type: 'number' } }, required: ['refunds'] }
  const call: McpTool['call'] = (args, context) => {
    tool.call(args, context)
    return mcpResult({ refunds: 1 })
  }
  return { ...tool, outputSchema, call }
}

type Called = 'find_order' | 'issue_refund'

/** Plays one task with the tools of a simulated server, under a fault on the nth call of the server that it can strike. */
function playTask(era: Era, tool: Called, fault: Pick<Fault, 'id' | 'parameters'>, n: number) {
  const faults: Fault[] = [{ ...fault, target: { kind: 'mcp', name: 'orders' }, trigger: { on: 'nth', n } }]
  return play({ upstreams: [caller(`shop_${tool}`), shop()], faults }, async () => {
    const { client } = await connected(era)
    const { tools } = await mcpTools(client, { prefix: 'shop_', readOnly: ['find_order'], timeoutMs: 20_000 })
    const agent = createReferenceAgent({
      client: { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' },
      instructions: 'You work at a desk.',
      tools: [...tools],
      retry: { maxAttempts: 2, jitter: 'none' },
    })
    return agent({ id: 'T-1', input: 'A-1 please.' }, { signal: new AbortController().signal })
  })
}

/** The same under a fault on the first call of the tool: handshake and listing come before it, in each era in others. */
async function calledTwice(era: Era, tool: Called, fault: Pick<Fault, 'id' | 'parameters'>) {
  for (let n = 1; n <= 8; n++) {
    const played = await playTask(era, tool, fault, n).catch(() => null)
    const calls = played?.events.filter((event) => event.type === 'request.sent' && event.tool?.name === tool) ?? []
    const struck = played?.events.find((event) => event.type === 'fault.injected')
    if (
      !played ||
      struck?.call === undefined ||
      !calls.some((event) => 'call' in event && event.call === struck.call)
    ) {
      continue
    }
    const effects = played.events.filter(({ type }) => type === 'effect.applied').length
    return { told: played.value.answer?.split('\n') ?? [], calls: calls.length, effects }
  }
  throw new Error(`the fault ${fault.id} does not strike a call of ${tool}`)
}

const found = '{"total":40}'
const refunded = '{"refunds":1}'
const unknown = /failed: .*Whether it took effect is unknown/
const notAgain = /not executed again.*unknown/

interface Case {
  readonly id: string
  readonly parameters?: Fault['parameters']
  /** What the model is told of the two calls of a tool that changes nothing, and how often it is called in all. */
  readonly reading: readonly [unknown, unknown, number]
  readonly refunding: readonly [unknown, unknown, number]
  /** Refunds that were issued in the end. */
  readonly effects: number
}

const cases: readonly Case[] = [
  {
    id: 'mcp.tool_error',
    reading: [/^Error: shop_find_order failed: /, found, 2],
    refunding: [unknown, notAgain, 1],
    effects: 0,
  },
  {
    id: 'mcp.rpc.internal',
    reading: [/^Error: shop_find_order failed: /, found, 2],
    refunding: [unknown, notAgain, 1],
    effects: 0,
  },
  {
    id: 'mcp.timeout',
    parameters: { isWorkDone: true },
    reading: [found, found, 3],
    refunding: [unknown, notAgain, 1],
    effects: 1,
  },
  {
    id: 'mcp.schema_drift.output',
    reading: [found, found, 2],
    refunding: [refunded, /Its result was/, 1],
    effects: 1,
  },
  {
    id: 'net.reset',
    parameters: { isWorkDone: true },
    reading: [found, found, 3],
    refunding: [unknown, notAgain, 1],
    effects: 1,
  },
  {
    id: 'gateway.503',
    reading: [found, found, 3],
    refunding: [unknown, notAgain, 1],
    effects: 0,
  },
]

describe.each(eras)('the tools of a server in the %s era', (era) => {
  it.each(cases)('that meet $id', async ({ id, parameters = {}, reading, refunding, effects }) => {
    const read = await calledTwice(era, 'find_order', { id, parameters })
    expect([...read.told, read.calls]).toEqual(reading.map(matching))
    const refund = await calledTwice(era, 'issue_refund', { id, parameters })
    expect([...refund.told, refund.calls, refund.effects]).toEqual([...refunding.map(matching), effects])
  })
})

function matching(wanted: unknown): unknown {
  return wanted instanceof RegExp ? (expect.stringMatching(wanted) as unknown) : wanted
}

it('may be those of a server in a process of its own', async () => {
  const client = new Client({ name: 'agent', version: '1.0.0' })
  const server = fileURLToPath(new URL('../../../mcp/_orders-over-stdio.mjs', import.meta.url))
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [server] }))
  try {
    const { tools } = await mcpTools(client)
    const find = { name: 'find_order', args: { orderId: 'A-1' } }
    const bad = { name: 'find_order', args: { orderId: 7 } }
    expect((await told(tools, [find, bad])).told).toEqual([found, expect.stringContaining('do not fit its schema')])
  } finally {
    await client.close()
  }
})
