import type { JsonObject } from '../../contract/json.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import type { Reply } from '../reply.ts'
import type { UpstreamContext } from '../upstream.ts'
import { httpError, mcpAnswer, mcpError } from './mcp-answer.ts'
import type { McpRequest } from './mcp-request.ts'
import { rpcResult } from './json-rpc.ts'
import { legacyVersions } from './protocol.ts'
import { implementation, notAllowed, unreadable } from './service-words.ts'
import type { Served, ToolBox } from './tool-box.ts'

const accepted: Reply = { status: 202, headers: {}, body: '' }

/** The revisions up to 2025-11-25 over HTTP: a session begins with `initialize`, and every later request names it. */
export class LegacyService {
  readonly #name: string
  readonly #tools: ToolBox
  readonly #newSession: (context: UpstreamContext) => string
  readonly #sessions = new Set<string>()

  constructor(name: string, tools: ToolBox, newSession: (context: UpstreamContext) => string) {
    this.#name = name
    this.#tools = tools
    this.#newSession = newSession
  }

  answer({ method }: NetworkRequest, asked: McpRequest, context: UpstreamContext): Reply {
    if (method === 'POST' && asked.message === null) return unreadable(asked)
    const { message } = asked
    if (message?.kind === 'request' && message.method === 'initialize') return this.#initialize(message, asked, context)
    const problem = this.#sessionProblem(asked)
    if (problem !== null) return problem
    if (method === 'DELETE') return this.#end(asked)
    if (method !== 'POST') return notAllowed('POST, DELETE')
    if (message?.kind !== 'request') return accepted
    const headers = sessionHeader(asked.session)
    const served = this.#serve(message.method, message.params, context)
    if ('error' in served) return mcpError(asked, served.error, headers)
    return mcpAnswer(asked.form, [rpcResult(message.id, served.result)], headers)
  }

  #serve(method: string, params: JsonObject, context: UpstreamContext): Served {
    return method === 'ping' ? { result: {} } : this.#tools.serve(method, params, context)
  }

  #initialize(
    { id, params }: { id: string | number; params: JsonObject },
    asked: McpRequest,
    context: UpstreamContext,
  ) {
    const session = this.#newSession(context)
    this.#sessions.add(session)
    const requested = params['protocolVersion']
    const protocolVersion = legacyVersions.find((version) => version === requested) ?? legacyVersions[0] ?? null
    const result = { protocolVersion, capabilities: { tools: {} }, serverInfo: implementation(this.#name) }
    return mcpAnswer(asked.form, [rpcResult(id, result)], sessionHeader(session))
  }

  #sessionProblem({ session }: McpRequest): Reply | null {
    if (session === null) {
      return httpError(400, { code: -32_000, message: 'Bad Request: Mcp-Session-Id header is required' })
    }
    return this.#sessions.has(session) ? null : httpError(404, { code: -32_001, message: 'Session not found' })
  }

  #end({ session }: McpRequest): Reply {
    if (session !== null) this.#sessions.delete(session)
    return { status: 200, headers: {}, body: '' }
  }
}

function sessionHeader(session: string | null): Readonly<Record<string, string>> {
  return session === null ? {} : { 'mcp-session-id': session }
}
