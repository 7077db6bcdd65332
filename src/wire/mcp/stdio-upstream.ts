import type { NetworkRequest } from '../../simulation/network.ts'
import type { Upstream } from '../upstream.ts'
import { describeMcpReply } from './describe-mcp-reply.ts'
import { McpRequest } from './mcp-request.ts'

/** A real MCP server below HTTP, as faults see it: answers are single messages, and there are no headers. */
export function realMcpServer(name: string): Upstream {
  return {
    name,
    kind: 'mcp',
    origin: 'mcp:',
    latencyMs: 0,
    matches: () => true,
    understand: (request) => new McpRequest(request, () => 'json').view,
    // Real servers answer for themselves.
    handle: () => ({ silence: true }),
    describe: describeMcpReply,
  }
}

/** A message of the client as a request of the network. */
export function asNetworkRequest(text: string): NetworkRequest {
  return { method: 'POST', url: 'mcp:', header: () => null, body: text, signal: null }
}
