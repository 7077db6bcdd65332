import { currentContext } from '../../simulation/world.ts'
import type { NetworkReply, NetworkRequest } from '../../simulation/network.ts'
import type { Answer, TransportFailure } from '../reply.ts'
import type { Upstream } from '../upstream.ts'
import { WorldNetwork } from '../world-network.ts'
import { type RpcId, asRpcMessage, parseJson } from './json-rpc.ts'
import { answeredBy, linesOf, pipeReply } from './pipe-messages.ts'
import { asNetworkRequest, mcpOverPipe } from './real-server.ts'

/** What the official clients need of a transport, as far as faults have to do with it. */
export interface McpTransport {
  send(message: object, options?: object): Promise<void>
  close(): Promise<void>
  onmessage?: ((message: never, extra?: never) => void) | undefined
  onclose?: (() => void) | undefined
  onerror?: ((error: Error) => void) | undefined
}

/** Takes the messages that come from the server, and what its transport tells of them. */
type MessageHandler = (message: object, extra?: object) => void

/** A message of the client on its way. */
interface Outgoing {
  readonly message: object
  readonly options: object | undefined
  /** Settles what the client waits for when it sends. */
  readonly handedOver: PromiseWithResolvers<void>
  /** What came back, before any fault changed it. */
  came?: { readonly message: object; readonly extra: object | undefined; readonly text: string }
  /** Whether the transport would not take it, and has told its client why. */
  isRefused?: boolean
}

/** A request that waits for its answer. */
interface Pending {
  readonly outgoing: Outgoing
  readonly answer: PromiseWithResolvers<Answer>
}

const closed: TransportFailure = { failure: 'UND_ERR_SOCKET', message: 'other side closed' }

/** The connection between an MCP client and a real server, with the faults of the world in which the client sends. */
export class McpPipe {
  readonly #transport: McpTransport
  readonly #upstream: Upstream
  readonly #outgoing = new WeakMap<NetworkRequest, Outgoing>()
  /** The requests that the server has got and not answered. */
  readonly #pending = new Map<RpcId, Pending>()
  #isClosed = false
  /** The client's own. */
  onmessage: MessageHandler | undefined
  onclose: (() => void) | undefined

  constructor(transport: McpTransport, name: string) {
    this.#transport = transport
    this.#upstream = { ...mcpOverPipe(name), handle: (request) => this.#handOver(request) }
    this.onmessage = transport.onmessage as MessageHandler | undefined
    this.onclose = transport.onclose
    transport.onmessage = (message: object, extra?: object) => this.#receive(message, extra)
    transport.onclose = () => this.#close()
  }

  /** Stands in for the transport's own: what a process says that was killed reaches nobody. */
  readonly send = (message: object, options?: object): Promise<void> => {
    const world = currentContext()?.world
    if (world === undefined) return this.#transport.send(message, options)
    if (world.isClosed || !(world.network instanceof WorldNetwork)) return new Promise(() => {})
    const request = asNetworkRequest(this.#upstream.name, JSON.stringify(message), signalIn(options))
    const outgoing: Outgoing = { message, options, handedOver: Promise.withResolvers() }
    this.#outgoing.set(request, outgoing)
    void world.network.exchangeWith(this.#upstream, request).then(
      (reply) => this.#deliver(reply, outgoing),
      () => this.#breakOff(request, outgoing),
    )
    return outgoing.handedOver.promise
  }

  /** Sends a message on and waits for what the server answers, if it is to. */
  async #handOver(request: NetworkRequest): Promise<Answer> {
    const outgoing = this.#outgoing.get(request)
    if (outgoing === undefined) return { silence: true }
    const id = idOf(parseJson(request.body))
    const answer: Pending['answer'] = Promise.withResolvers()
    if (id === null) answer.resolve({ status: 202, headers: {}, body: '' })
    else this.#pending.set(id, { outgoing, answer })
    try {
      await this.#transport.send(outgoing.message, outgoing.options)
      outgoing.handedOver.resolve()
    } catch (error) {
      outgoing.isRefused = true
      outgoing.handedOver.reject(error)
      if (id !== null) this.#pending.delete(id)
      return closed
    }
    return answer.promise
  }

  /** Takes a message of the server; what answers no request that is under way goes to the client as it came. */
  #receive(message: object, extra: object | undefined): void {
    // As it would be on a wire: fields that are undefined are none.
    const text = JSON.stringify(message)
    const id = this.#pending.size === 0 ? null : answeredBy(parseJson(text))
    const pending = id === null ? undefined : this.#pending.get(id)
    if (id === null || pending === undefined) return this.onmessage?.(message, extra)
    this.#pending.delete(id)
    pending.outgoing.came = { message, extra, text }
    pending.answer.resolve(pipeReply(text))
  }

  /** Gives the client what there is for it: the message of the server itself where nothing has changed it. */
  async #deliver({ status, body }: NetworkReply, outgoing: Outgoing): Promise<void> {
    outgoing.handedOver.resolve()
    if (status === 202) return
    const text = await textOf(body)
    const { came } = outgoing
    if (text === null) await this.#transport.close()
    else if (text === came?.text) this.onmessage?.(came.message, came.extra)
    else for (const line of linesOf(text)) this.#giveLine(line)
  }

  /** As the official clients read a line: what is no JSON is passed over, what is no message is told of. */
  #giveLine(line: string): void {
    const value = parseJson(line)
    if (value === undefined) return
    if (asRpcMessage(value) !== null) this.onmessage?.(value as object)
    else this.#transport.onerror?.(new Error(`what came is no message of JSON-RPC: ${line}`))
  }

  /** The server goes away, unless it was the client that gave up, or the transport has told it of its failure. */
  async #breakOff({ signal }: NetworkRequest, { handedOver, isRefused = false }: Outgoing): Promise<void> {
    if (signal?.aborted === true) return handedOver.reject(signal.reason)
    handedOver.resolve()
    if (!isRefused && !this.#isClosed) await this.#transport.close()
  }

  #close(): void {
    this.#isClosed = true
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { answer } of waiting) answer.resolve(closed)
    this.onclose?.()
  }
}

/** The id of a request; null for what nobody answers. */
function idOf(message: unknown): RpcId | null {
  const read = asRpcMessage(message)
  return read?.kind === 'request' ? read.id : null
}

/** The signal that ends one request, where the transport opens a connection for each. */
function signalIn(options: object | undefined): AbortSignal | null {
  const signal: unknown = options !== undefined && 'requestSignal' in options ? options.requestSignal : null
  return signal instanceof AbortSignal ? signal : null
}

/** A body as text once it is whole; null where the connection ends before that. */
async function textOf(body: NetworkReply['body']): Promise<string | null> {
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return Buffer.from(body).toString()
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of body) pieces.push(piece)
  } catch {
    return null
  }
  return Buffer.concat(pieces).toString()
}
