import type { NetworkRequest } from '../../simulation/network.ts'
import type { Interference } from '../interference.ts'
import { McpRequest, requestIn } from '../mcp/mcp-request.ts'
import { type RequestView, type Upstream, opaqueRequest } from '../upstream.ts'
import type { AnswerForm } from './answer-head.ts'
import { writeAnswer } from './answer-writer.ts'
import type { ByteSource } from './byte-source.ts'
import type { CallReport } from './call-report.ts'
import { changedReply } from './changed-reply.ts'
import { forward } from './forward.ts'
import type { IncomingRequest } from './incoming-request.ts'
import { headerValue } from './message-head.ts'
import { pause } from './patience.ts'
import { type RequestProblem, isPersistent } from './request-head.ts'
import type { UpstreamLink } from './upstream-link.ts'

/** The most bytes of a request that are read before it is sent on; a longer one is not understood. */
const maxReadBytes = 32 * 1024 * 1024
/** A connection that had to wait longer is not trusted to be open still. */
const staleAfterMs = 1_000

/** One request of a client and what comes back, with the faults of the plan. */
export class ProxyExchange {
  readonly #request: IncomingRequest
  readonly #client: ByteSource
  readonly #link: UpstreamLink
  readonly #report: CallReport

  constructor(request: IncomingRequest, client: ByteSource, link: UpstreamLink, report: CallReport) {
    this.#request = request
    this.#client = client
    this.#link = link
    this.#report = report
  }

  /**
   * @returns whether another request may follow on the connection, or why this one was not answered
   * @throws {MalformedBody} where the body of the request is none, and {RequestCut} where it ended early
   */
  async run(): Promise<boolean | RequestProblem> {
    if (this.#report.armed.hasRedirectedTo(this.#request.path)) return this.#redirectedAgain()
    const interferences = await this.#interferences()
    const faults = interferences.filter(({ tookHold }) => tookHold === undefined)
    for (const fault of faults) this.#report.fault(fault)
    const delayMs = interferences.reduce((sum, interference) => sum + (interference.delayMs ?? 0), 0)
    const replacing = interferences.find(({ instead }) => instead !== undefined)?.instead
    // As a service would: it reads before it answers.
    if (replacing !== undefined) await this.#request.discardBody()
    if (!(await pause(delayMs, this.#client))) {
      this.#report.settle('abandoned')
      return false
    }
    if (delayMs > staleAfterMs) this.#link.drop()
    const { armed, call } = this.#report
    const exchange = { request: this.#request, client: this.#client, link: this.#link, report: this.#report }
    if (replacing !== undefined) return this.#replaced(replacing(armed.context(call)))
    const changing = interferences.filter(({ afterwards }) => afterwards !== undefined)
    if (changing.length > 0) return changedReply(exchange, changing, this.#form())
    return forward(exchange)
  }

  /** Answers a client that follows an endless redirect: no further fault, and no call that one could strike. */
  async #redirectedAgain(): Promise<boolean> {
    this.#report.sent(this.#request.head, this.#request.path, opaqueRequest)
    await this.#request.discardBody()
    return this.#replaced({ redirects: 'for ever' })
  }

  /** Asks the plan; one without faults needs to know nothing, and the request is not held back. */
  async #interferences(): Promise<readonly Interference[]> {
    const { armed, upstream, call } = this.#report
    const { head, path } = this.#request
    if (armed.isEmpty) {
      this.#report.sent(head, path, opaqueRequest)
      return []
    }
    const { nowMs } = armed
    const asked = await this.#understood()
    this.#report.sent(head, path, asked.view)
    if (isBesideRequests(asked.view)) return []
    return armed.port.interfere({ upstream, call, task: -1, nowMs, ...asked })
  }

  /** The back end of a tool is understood by its path; what a model or an MCP server is asked has to be read whole. */
  async #understood(): Promise<{ request: NetworkRequest; view: RequestView }> {
    const { upstream } = this.#report
    const { head, path } = this.#request
    const text = isReadWhole(upstream) ? await this.#request.readText(maxReadBytes) : ''
    const request: NetworkRequest = {
      method: head.method,
      url: upstream.origin + path,
      header: (name) => headerValue(head.headers, name),
      body: text ?? '',
      signal: null,
    }
    return { request, view: upstream.understand(request) }
  }

  #replaced(answer: Parameters<typeof writeAnswer>[1]): Promise<boolean> {
    return writeAnswer(this.#client, answer, this.#form(), this.#report)
  }

  #form(): AnswerForm {
    const { head, path } = this.#request
    return { method: head.method, path, version: head.version, isPersistent: isPersistent(head), original: null }
  }
}

function isReadWhole({ kind }: Upstream): boolean {
  return kind === 'model' || kind === 'mcp'
}

/**
 * Whether it is what a client of MCP sends besides its requests: notifications, the end of a session, and the GET for the
 * stream on which the server says things of its own. They come in no order with the requests, so that they would make
 * occurrences a matter of chance; and over stdio they are no calls either.
 */
function isBesideRequests({ parsed }: RequestView): boolean {
  return parsed instanceof McpRequest && requestIn(parsed.message) === null
}
