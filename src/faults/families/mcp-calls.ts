import type { UpstreamCall } from '../../wire/interference.ts'
import type { RpcMessage } from '../../wire/mcp/json-rpc.ts'
import { McpRequest, requestIn } from '../../wire/mcp/mcp-request.ts'
import { isHandshake } from '../../wire/mcp/protocol.ts'
import type { SomeCalls } from '../catalogue-member.ts'

/** What an MCP server is asked; read from the bytes where nobody has read it before. */
export function askedIn({ view, request }: UpstreamCall): McpRequest {
  return view.parsed instanceof McpRequest ? view.parsed : new McpRequest(request)
}

/** The request in a call; null for notifications, and for what HTTP sends besides. */
export function requestOf(call: UpstreamCall): (RpcMessage & { kind: 'request' }) | null {
  return requestIn(askedIn(call).message)
}

function isAsked(call: UpstreamCall, method: string): boolean {
  return requestOf(call)?.method === method
}

/** Everything that waits for a reply, the opening of the conversation included. */
export const everyRequest: SomeCalls = { noun: 'request', include: (call) => requestOf(call) !== null }

/** Everything that waits for a reply once the conversation is open. */
export const laterRequests: SomeCalls = {
  noun: 'request after the handshake',
  include(call) {
    const request = requestOf(call)
    return request !== null && !isHandshake(request.method)
  },
}

/** Requests that name a session: those of the legacy era over HTTP, after `initialize`. */
export const sessionRequests: SomeCalls = {
  noun: 'request in a session',
  include: (call) => requestOf(call) !== null && askedIn(call).session !== null,
}

export const toolCalls: SomeCalls = { noun: 'tool call', include: (call) => isAsked(call, 'tools/call') }

export const toolLists: SomeCalls = { noun: 'listing of tools', include: (call) => isAsked(call, 'tools/list') }

export const resourceReads: SomeCalls = {
  noun: 'reading of a resource',
  include: (call) => isAsked(call, 'resources/read'),
}
