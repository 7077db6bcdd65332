import type { JsonObject } from '../../contract/json.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import { mcpServer } from '../../wire/mcp/mcp-server.ts'
import { mcpResult } from '../../wire/mcp/mcp-tool.ts'
import { modernVersion, versionKey } from '../../wire/mcp/protocol.ts'
import type { Upstream } from '../../wire/upstream.ts'
import type { SampleCall } from './sample-call.ts'

const url = 'https://orders.test/mcp'
const orderId = { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] }

/** A list of things to do. */
export const fiveOrders = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5']

/** The calls of an MCP server on which a fault can be shown, the plainest first. */
export const mcpSampleCalls: readonly SampleCall[] = [
  modernCall('a tool call at an MCP server', 'tools/call', { name: 'find_order', arguments: { orderId: 'A-1' } }),
  modernCall('a listing of tools at an MCP server', 'tools/list', {}),
  modernCall('the reading of a resource at an MCP server', 'resources/read', { uri: 'orders://A-1' }),
  {
    words: 'a listing of tools at an MCP server, in a session of the legacy era',
    upstream: orders,
    request: post({ 'mcp-session-id': 'b7f2' }, { jsonrpc: '2.0', id: 2, method: 'tools/list' }),
  },
  {
    ...modernCall('a tool call with a list at an MCP server', 'tools/call', {
      name: 'cancel_orders',
      arguments: { orderIds: fiveOrders },
    }),
    upstream: cancellations,
  },
]

function orders(): Upstream {
  const tool = {
    name: 'find_order',
    description: 'Finds an order by its number.',
    inputSchema: orderId,
    outputSchema: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
  }
  return mcpServer({ name: 'orders', url, tools: [{ ...tool, call: () => mcpResult({ total: 40 }) }] })
}

function cancellations(): Upstream {
  const tool = {
    name: 'cancel_orders',
    description: 'Cancels orders by their numbers.',
    inputSchema: { type: 'object', properties: { orderIds: { type: 'array' } }, required: ['orderIds'] },
  }
  const call = ({ orderIds = [] }: JsonObject) => mcpResult({ cancelled: orderIds })
  return mcpServer({ name: 'orders', url, tools: [{ ...tool, call }] })
}

function modernCall(words: string, method: string, params: JsonObject): SampleCall {
  const envelope = { _meta: { [versionKey]: modernVersion } }
  const message = { jsonrpc: '2.0', id: 2, method, params: { ...params, ...envelope } }
  const headers = { 'mcp-protocol-version': modernVersion, 'mcp-method': method }
  return { words, upstream: orders, request: post(headers, message) }
}

function post(named: Readonly<Record<string, string>>, message: object): NetworkRequest {
  const headers = new Headers({ 'content-type': 'application/json', ...named })
  const body = JSON.stringify(message)
  return { method: 'POST', url, header: (name) => headers.get(name), headers: () => headers, body, signal: null }
}
