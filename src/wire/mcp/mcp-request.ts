import type { ToolRequestView } from '../../contract/event.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import { type RequestView, opaqueRequest } from '../upstream.ts'
import { type RpcMessage, asRpcMessage, parseJson } from './json-rpc.ts'
import { type McpEra, claimedVersion, isObject } from './protocol.ts'

/** How a server answers a request over HTTP: with one JSON object, or with a stream of server-sent events. */
export type AnswerForm = 'json' | 'stream'

/** What an answer has to know of the request. */
export type Asked = Pick<McpRequest, 'message' | 'era' | 'form'>

/** What an MCP client sent. */
export class McpRequest {
  /** Null where the body is no message: a GET, a DELETE, a batch, or nonsense. */
  readonly message: RpcMessage | null
  readonly era: McpEra
  /** The form in which its server answers. */
  readonly form: AnswerForm
  /** The session it belongs to; null in the modern era, before `initialize` has been answered, and below HTTP. */
  readonly session: string | null
  /** The revision that its envelope names; null in the legacy era. */
  readonly version: string | null
  /** Whether its body is JSON at all. */
  readonly isJson: boolean

  constructor(request: NetworkRequest, formOf: (era: McpEra) => AnswerForm = usualForm) {
    const value = request.body === '' ? undefined : parseJson(request.body)
    this.message = asRpcMessage(value)
    this.isJson = value !== undefined
    this.version = claimedVersion(this.message)
    // Notifications carry no envelope of their own: the header tells.
    const isModern = this.version !== null || (request.header('mcp-protocol-version') ?? '') >= '2026'
    this.era = isModern ? 'modern' : 'legacy'
    this.form = formOf(this.era)
    this.session = request.header('mcp-session-id')
  }

  /** The tool that it calls; null where it calls none. */
  get tool(): ToolRequestView | null {
    const { message } = this
    if (message?.kind !== 'request' || message.method !== 'tools/call') return null
    const { name, arguments: args } = message.params
    if (typeof name !== 'string') return null
    return { name, arguments: isObject(args) ? args : {} }
  }

  /** The view of it that the trace records. */
  get view(): RequestView {
    const view = { ...opaqueRequest, tool: this.tool, parsed: this }
    const { message } = this
    if (message?.kind === 'notification' && message.method === 'notifications/cancelled') {
      return { ...view, givesUp: ({ parsed }) => parsed instanceof McpRequest && this.#cancels(parsed) }
    }
    // A client that asks again gives the request another id.
    return message?.kind === 'request' ? { ...view, identity: JSON.stringify({ ...message, id: null }) } : view
  }

  /** Numbers are a client's own: within a session they are told apart. */
  #cancels(other: McpRequest): boolean {
    const cancelled = this.message?.kind === 'notification' ? this.message.params['requestId'] : undefined
    return other.session === this.session && requestIn(other.message)?.id === cancelled
  }
}

/** How the official servers answer unless told otherwise: with streams in the legacy era, with JSON in the modern one. */
export function usualForm(era: McpEra): AnswerForm {
  return era === 'modern' ? 'json' : 'stream'
}

/** What a request asks for; null where it is no request. */
export function requestIn(message: RpcMessage | null): (RpcMessage & { kind: 'request' }) | null {
  return message?.kind === 'request' ? message : null
}
