import { usageError } from '../../contract/errors.ts'
import { identifier } from '../openai/identifiers.ts'
import type { Reply } from '../reply.ts'
import type { Upstream, UpstreamContext } from '../upstream.ts'
import { describeMcpReply } from './describe-mcp-reply.ts'
import { LegacyService } from './legacy-service.ts'
import { type AnswerForm, McpRequest, usualForm } from './mcp-request.ts'
import type { McpTool } from './mcp-tool.ts'
import { ModernService } from './modern-service.ts'
import type { McpEra } from './protocol.ts'
import { ToolBox } from './tool-box.ts'

/** How a simulated MCP server is set up. */
export interface McpServerOptions {
  /** What the server calls itself; faults aim at it. */
  readonly name: string
  /** Its one endpoint, e.g. `https://orders.test/mcp`. */
  readonly url: string
  readonly tools: readonly McpTool[]
  /**
   * The one era it speaks: `legacy` up to revision 2025-11-25, `modern` since 2026-07-28; absent: both, each client in
   * its own.
   */
  readonly era?: McpEra
  /** How it answers; absent: with streams in the legacy era and with JSON in the modern one, as the official servers. */
  readonly answers?: AnswerForm
  /** Virtual milliseconds of an undisturbed call; default 40. */
  readonly latencyMs?: number
}

/**
 * An MCP server as official clients speak with it over Streamable HTTP, in both eras of the protocol.
 *
 * It has tools and nothing else: it asks nothing of its client and opens no stream of its own, so that GET is answered
 * 405, as the protocol allows.
 *
 * @throws {ShakedownError} of kind `usage` for a tool whose schema cannot be used, or a name that two tools have
 */
export function mcpServer(options: McpServerOptions): Upstream {
  const { name, url, tools, era, answers, latencyMs = 40 } = options
  const { origin, pathname } = new URL(url)
  requireUniqueTools(name, tools)
  const box = new ToolBox(name, tools)
  const modern = era === 'legacy' ? null : new ModernService(name, box)
  const legacy = era === 'modern' ? null : new LegacyService(name, box, sessionIdentifier)
  const formOf = (spoken: McpEra): AnswerForm => answers ?? usualForm(spoken)
  return {
    name,
    kind: 'mcp',
    origin,
    latencyMs,
    matches: (_method, path) => path.split('?', 1)[0] === pathname,
    understand: (request) => new McpRequest(request, formOf).view,
    handle(request, view, context): Reply {
      const asked = view.parsed as McpRequest
      const service = asked.era === 'modern' ? (modern ?? legacy) : (legacy ?? modern)
      // One of the two is always there.
      return service?.answer(request, asked, context) ?? { status: 404, headers: {}, body: '' }
    },
    describe: describeMcpReply,
  }
}

function sessionIdentifier({ seed, call }: UpstreamContext): string {
  return identifier('', 32, 'mcp session', seed, call)
}

function requireUniqueTools(server: string, tools: readonly McpTool[]): void {
  const names = tools.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw usageError(
    'MCP_TOOL',
    `two tools of the MCP server "${server}" are called "${twice}"; give each a name of its own.`,
  )
}
