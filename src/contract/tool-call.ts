import type { ToolRequestView } from './event.ts'
import type { UpstreamKind } from './upstream-kind.ts'

/** What tells a call of a tool from any other. */
interface SomeCall {
  readonly kind: UpstreamKind
  readonly tool: ToolRequestView | null
}

/**
 * Whether a call makes a tool work: by its back end, through a server of MCP, or as a function of the agent's own process.
 *
 * What a server of MCP is asked besides (its handshake, its list of tools) is none, and neither is a question about a
 * tool, as approvals and policy engines are asked it.
 */
export function isToolCall({ kind, tool }: SomeCall): boolean {
  return kind === 'tool' || tool !== null
}

/**
 * What equal calls of a tool have in common, of one upstream: the bytes, or through a server of MCP, where each request has
 * a number of its own, the tool and its arguments.
 */
export function toolCallIdentity({ kind, tool, body }: SomeCall & { readonly body: string }): string {
  return kind === 'mcp' && tool !== null ? JSON.stringify([tool.name, tool.arguments]) : body
}
