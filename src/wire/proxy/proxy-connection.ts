import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { realClock } from '../../simulation/real-clock.ts'
import type { UpstreamAt } from './dialects.ts'
import type { ArmedPlan } from './armed-plan.ts'
import { MalformedBody } from './body-reader.ts'
import { ByteSource } from './byte-source.ts'
import { CallReport } from './call-report.ts'
import { type Destination, forwarded } from './destination.ts'
import { IncomingRequest, RequestCut } from './incoming-request.ts'
import { readHead } from './message-head.ts'
import type { ProxyTrace } from './proxy-trace.ts'
import { type RequestProblem, malformed, parseRequestHead, problem } from './request-head.ts'
import { ProxyExchange } from './proxy-exchange.ts'
import { write } from './sink.ts'
import { UpstreamLink } from './upstream-link.ts'

/** The most bytes of a head that a client may send. */
const maxRequestHeadBytes = 64 * 1024
/** How long a client has to close its side once the proxy has closed its own. */
const lingerMs = 1_000

/** What a connection needs of the proxy. */
export interface ConnectionScope {
  /** The service's name in faults and in the trace. */
  readonly name: string
  readonly destination: Destination
  readonly upstreamAt: UpstreamAt
  readonly trace: ProxyTrace
  /** The plan under way at this moment. */
  readonly armed: () => ArmedPlan
  /** Told of an error that nobody foresaw. */
  readonly onDefect: (error: unknown) => void
}

/**
 * One client's connection, with one of its own to the service behind it.
 *
 * Because no connection is shared, whatever HTTP says of a connection holds from end to end, and needs no translation.
 */
export class ProxyConnection {
  readonly #client: ByteSource
  readonly #scope: ConnectionScope
  readonly #link: UpstreamLink
  #report: CallReport | undefined
  #isIdle = true

  constructor(socket: Socket, scope: ConnectionScope) {
    this.#client = new ByteSource(socket)
    this.#scope = scope
    this.#link = new UpstreamLink(scope.destination.origin)
  }

  /** Whether it waits for a request. */
  get isIdle(): boolean {
    return this.#isIdle
  }

  /** Serves the requests of the client until one side has enough. */
  async run(): Promise<void> {
    try {
      while (await this.#serve());
    } catch (error) {
      if (this.#client.failure === undefined && !(error instanceof RequestCut)) this.#scope.onDefect(error)
      this.#report?.settle('abandoned')
    } finally {
      this.#finish()
    }
  }

  /** Ends it at once, with what is under way. */
  destroy(): void {
    this.#report?.settle('shutdown')
    this.#link.drop()
    this.#client.socket.destroy()
  }

  async #serve(): Promise<boolean> {
    const { destination, upstreamAt, trace, armed } = this.#scope
    this.#report = undefined
    this.#isIdle = true
    if (this.#link.isEnded) return false
    const unwatch = this.#link.watchIdle(this.#client)
    const { how, bytes } = await readHead(this.#client, maxRequestHeadBytes).finally(unwatch)
    this.#isIdle = false
    if (how === 'ended') return false
    if (how === 'too long') return this.#refuse(tooLong)
    if (how === 'no http') return this.#refuse(malformed('it does not begin as one of HTTP'))
    const head = parseRequestHead(bytes)
    if ('status' in head) return this.#refuse(head)
    const address = forwarded(head, destination)
    if ('status' in address) return this.#refuse(address)
    const report = new CallReport(trace, armed(), upstreamAt(address.path))
    this.#report = report
    const request = new IncomingRequest(head, address, this.#client)
    try {
      const outcome = await new ProxyExchange(request, this.#client, this.#link, report).run()
      return typeof outcome === 'boolean' ? outcome : await this.#refuse(outcome)
    } catch (error) {
      if (!(error instanceof MalformedBody)) throw error
      return this.#refuse(malformed(error.message))
    }
  }

  /** Answers a request that is not forwarded; the connection ends with it. */
  async #refuse({ status, code, message }: RequestProblem): Promise<false> {
    const { trace, name, armed } = this.#scope
    if (this.#report === undefined) {
      trace.record({ type: 'request.refused', at: armed().nowMs, upstream: name, status, code })
    }
    const body = JSON.stringify({ code, message })
    const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
    await write(this.#client.socket, `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers}\r\n\r\n`)
    await write(this.#client.socket, Buffer.from(body))
    this.#report?.head(status)
    this.#report?.body(Buffer.byteLength(body))
    this.#report?.settle(this.#client.socket.destroyed ? 'abandoned' : 'complete')
    return false
  }

  /** Closes in an order that lets the client read what was sent: at once would be a reset. */
  #finish(): void {
    this.#link.drop()
    const { socket } = this.#client
    if (socket.destroyed) return
    this.#client.discard()
    socket.end()
    const timer = realClock.setTimeout(() => socket.destroy(), lingerMs)
    socket.once('close', () => realClock.clearTimeout(timer))
  }
}

const tooLong = problem(
  431,
  'HEADERS_TOO_LARGE',
  `the head of the request is longer than ${maxRequestHeadBytes} bytes; send fewer or shorter headers.`,
)
