import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { Fault } from '../../../src/contract/fault.ts'
import { type McpServerOptions, mcpServer } from '../../../src/wire/mcp/mcp-server.ts'
import { type McpTool, mcpFailure, mcpResult } from '../../../src/wire/mcp/mcp-tool.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { play } from '../_play.ts'

export const ordersUrl = 'https://orders.test/mcp'
export const eras = ['legacy', 'modern'] as const
export const forms = ['json', 'stream'] as const

const orderId = {
  type: 'object',
  properties: { orderId: { type: 'string' } },
  required: ['orderId'],
  additionalProperties: false,
}

/** Reads an order, refunds one, and answers with text alone. */
export const orderTools: readonly McpTool[] = [
  {
    name: 'find_order',
    description: 'Finds an order by its number.',
    inputSchema: orderId,
    outputSchema: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
    call: ({ orderId: id }) => (id === 'A-0' ? mcpFailure('there is no order A-0') : mcpResult({ total: 40 })),
  },
  {
    name: 'issue_refund',
    description: 'Refunds an order.',
    inputSchema: orderId,
    call(args, { applyEffect }) {
      applyEffect(`refund:${args['orderId'] as string}`, args)
      return mcpResult('The order is refunded.')
    },
  },
]

export function orders(options: Partial<McpServerOptions> = {}): Upstream {
  return mcpServer({ name: 'orders', url: ordersUrl, tools: orderTools, ...options })
}

export type Era = (typeof eras)[number]

/** The official client, connected over its own Streamable HTTP transport, in one era. */
export async function connected(era: Era) {
  const transport = new StreamableHTTPClientTransport(new URL(ordersUrl))
  const client = newClient(era)
  const errors: Error[] = []
  client.onerror = (error) => errors.push(error)
  await client.connect(transport)
  return { client, transport, errors }
}

/** The official client, not yet connected; a modern one speaks nothing else. */
export function newClient(era: Era): Client {
  return new Client({ name: 'agent', version: '1.0.0' }, era === 'legacy' ? {} : { versionNegotiation: modern })
}

const modern = { mode: { pin: '2026-07-28' } }

export const findA1 = { name: 'find_order', arguments: { orderId: 'A-1' } }
export const refundA1 = { name: 'issue_refund', arguments: { orderId: 'A-1' } }

export interface Scenery extends Partial<McpServerOptions> {
  readonly faults?: readonly Fault[]
}

/** Runs a conversation of the official client with the server in a world of its own. */
export function converse<Value>(
  era: Era,
  { faults = [], ...options }: Scenery,
  run: (session: Awaited<ReturnType<typeof connected>>) => Promise<Value>,
) {
  return play({ upstreams: [orders(options)], faults }, async () => run(await connected(era)))
}
