import type { JsonObject } from '../../contract/json.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import type { Reply } from '../reply.ts'
import type { UpstreamContext } from '../upstream.ts'
import { httpError, mcpAnswer, mcpError } from './mcp-answer.ts'
import type { McpRequest } from './mcp-request.ts'
import { rpcResult } from './json-rpc.ts'
import { modernVersion, serverKey } from './protocol.ts'
import { implementation, notAllowed, unreadable } from './service-words.ts'
import type { ToolBox } from './tool-box.ts'

/** Lists may be kept for no time at all: a simulated server's tools may change. */
const cacheHints = { ttlMs: 0, cacheScope: 'private' }

/** Revision 2026-07-28 over HTTP: every request stands alone. */
export class ModernService {
  readonly #name: string
  readonly #tools: ToolBox

  constructor(name: string, tools: ToolBox) {
    this.#name = name
    this.#tools = tools
  }

  answer(request: NetworkRequest, asked: McpRequest, context: UpstreamContext): Reply {
    if (request.method !== 'POST') return notAllowed('POST')
    const { message } = asked
    if (message === null) return unreadable(asked)
    if (message.kind === 'notification') return { status: 202, headers: {}, body: '' }
    if (message.kind !== 'request') {
      return httpError(400, {
        code: -32_600,
        message: 'Bad Request: JSON-RPC responses cannot be posted to this endpoint',
      })
    }
    if (asked.version !== modernVersion) return unsupported(asked)
    if (request.header('mcp-method') !== message.method) return mismatch(request, asked, message.method)
    const { id, method, params } = message
    if (method === 'server/discover') return mcpAnswer(asked.form, [rpcResult(id, this.#complete(discovery))])
    const served = this.#tools.serve(method, params, context)
    if ('error' in served) return mcpError(asked, served.error)
    const result = method === 'tools/list' ? { ...served.result, ...cacheHints } : served.result
    return mcpAnswer(asked.form, [rpcResult(id, this.#complete(result))])
  }

  #complete(result: JsonObject): JsonObject {
    return { ...result, resultType: 'complete', _meta: { [serverKey]: implementation(this.#name) } }
  }
}

const discovery = { supportedVersions: [modernVersion], capabilities: { tools: {} }, ...cacheHints }

function unsupported({ form, message, version }: McpRequest): Reply {
  const requested = version ?? initialVersion(message)
  const data = { supported: [modernVersion], ...(requested === null ? {} : { requested }) }
  const what = requested ?? 'the request did not name a protocol version'
  return mcpError(
    { form, message, era: 'modern' },
    {
      code: -32_022,
      message: `Unsupported protocol version: ${what}`,
      data,
    },
  )
}

function mismatch(request: NetworkRequest, asked: McpRequest, method: string): Reply {
  const header = request.header('mcp-method') ?? '(missing)'
  const body = `the body names method ${method} but the Mcp-Method header names ${header}`
  return mcpError(asked, {
    code: -32_020,
    message: `Bad Request: the request headers and body disagree: ${body}`,
    data: { mismatch: { header, body } },
  })
}

/** The revision that a request of the legacy era asks for; null where it names none. */
function initialVersion(message: McpRequest['message']): string | null {
  const version = message?.kind === 'request' ? message.params['protocolVersion'] : undefined
  return typeof version === 'string' ? version : null
}
