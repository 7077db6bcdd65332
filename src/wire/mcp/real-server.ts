import type { NetworkRequest } from '../../simulation/network.ts'
import type { Upstream } from '../upstream.ts'
import { describeMcpReply } from './describe-mcp-reply.ts'
import { McpRequest, usualForm } from './mcp-request.ts'

/** A real MCP server below HTTP, as faults see it: answers are single messages, and there are no headers. */
export function mcpOverPipe(name: string): Upstream {
  return {
    ...realServer(name, pipeTo(name)),
    seam: 'pipe',
    // No request over HTTP is for it.
    matches: () => false,
    understand: (request) => new McpRequest(request, () => 'json').view,
  }
}

/**
 * A real MCP server over Streamable HTTP, in either era.
 *
 * What is said in its place has the form that official servers give, where its client takes that.
 */
export function mcpOverHttp(name: string, origin: string): Upstream {
  return {
    ...realServer(name, origin),
    understand(request) {
      const isStreamTaken = request.header('accept')?.includes('text/event-stream') === true
      return new McpRequest(request, (era) => (isStreamTaken ? usualForm(era) : 'json')).view
    },
  }
}

/** A message of the client as a request of the network. */
export function asNetworkRequest(name: string, text: string, signal: AbortSignal | null = null): NetworkRequest {
  return { method: 'POST', url: pipeTo(name), header: () => null, body: text, signal }
}

function pipeTo(name: string): string {
  return `mcp:${name}`
}

function realServer(name: string, origin: string): Omit<Upstream, 'understand'> {
  return {
    name,
    kind: 'mcp',
    origin,
    latencyMs: 0,
    matches: () => true,
    // Real servers answer for themselves.
    handle: () => ({ silence: true }),
    describe: describeMcpReply,
  }
}
