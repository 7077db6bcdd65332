import { realClock } from '../../simulation/real-clock.ts'
import type { Interference } from '../interference.ts'
import type { ArmedPlan } from '../proxy/armed-plan.ts'
import type { ProxyTrace } from '../proxy/proxy-trace.ts'
import { type Answer, type Reply, bodyText, isReply } from '../reply.ts'
import type { RequestView, Upstream } from '../upstream.ts'
import { type RpcId, parseJson } from './json-rpc.ts'
import { McpRequest, requestIn } from './mcp-request.ts'
import { answeredBy, linesOf, pipeReply } from './pipe-messages.ts'
import { asNetworkRequest, mcpOverPipe } from './real-server.ts'

/** The two ends between which messages pass. */
export interface MessageEnds {
  readonly toServer: (line: Buffer) => void
  /** Not each line is a message. */
  readonly toClient: (line: Buffer) => void
  /** The server goes away, after half a line where there is one. */
  readonly close: (halfLine: string) => void
}

/** A request on its way, and what the faults will make of the reply. */
interface Pending {
  readonly call: number
  readonly method: string
  readonly view: RequestView
  readonly changing: readonly Interference[]
}

/** The faults of a plan between a client and a real MCP server that pass messages to each other, in real time. */
export class MessageFaults {
  readonly #upstream: Upstream
  readonly #armed: ArmedPlan
  readonly #trace: ProxyTrace
  readonly #ends: MessageEnds
  readonly #pending = new Map<RpcId, Pending>()

  constructor(name: string, armed: ArmedPlan, trace: ProxyTrace, ends: MessageEnds) {
    this.#upstream = mcpOverPipe(name)
    this.#armed = armed
    this.#trace = trace
    this.#ends = ends
  }

  /** Takes a message of the client; what is no request goes on as it came. */
  fromClient(line: Buffer): void {
    const request = asNetworkRequest(this.#upstream.name, line.toString())
    const view = this.#upstream.understand(request)
    const asked = view.parsed instanceof McpRequest ? requestIn(view.parsed.message) : null
    if (asked === null) return this.#ends.toServer(line)
    const call = this.#armed.nextCall()
    this.#sent(call, asked.method, view.tool?.name ?? null)
    const { nowMs, port } = this.#armed
    const interferences = port.interfere({ upstream: this.#upstream, call, task: -1, nowMs, request, view })
    for (const one of interferences) if (one.tookHold === undefined) this.#struck(call, one)
    const delayMs = interferences.reduce((sum, one) => sum + (one.delayMs ?? 0), 0)
    const replacing = interferences.find(({ instead }) => instead !== undefined)?.instead
    const changing = interferences.filter(({ afterwards }) => afterwards !== undefined)
    const pending = { call, method: asked.method, view, changing }
    this.#after(delayMs, () => {
      if (replacing !== undefined) return this.#play(replacing(this.#armed.context(call)), pending)
      this.#pending.set(asked.id, pending)
      this.#ends.toServer(line)
    })
  }

  /** Takes a line of the server; what answers no request of the client goes on as it came. */
  fromServer(line: Buffer): void {
    const text = line.toString()
    const id = answeredBy(parseJson(text))
    const pending = id === null ? undefined : this.#pending.get(id)
    if (id === null || pending === undefined) return this.#ends.toClient(line)
    this.#pending.delete(id)
    const reply = pipeReply(text)
    const answer = this.#changed(reply, pending)
    if (answer !== reply) return this.#play(answer, pending)
    this.#ends.toClient(line)
    this.#seen(reply, pending, Buffer.byteLength(text), 'complete')
  }

  #changed(given: Reply, { call, changing }: Pending): Answer {
    let answer: Answer = given
    for (const one of changing) {
      if (one.afterwards === undefined || !isReply(answer)) continue
      const next: Answer = one.afterwards(answer, this.#armed.context(call))
      if (one.tookHold !== undefined && next !== answer) {
        one.tookHold()
        this.#struck(call, one)
      }
      answer = next
    }
    return answer
  }

  /** Gives the client what the faults have made: its lines, the end of the connection, or nothing. */
  #play(answer: Answer, pending: Pending): void {
    if ('silence' in answer) return
    if (!isReply(answer)) {
      this.#seen(null, pending, 0, 'closed')
      return this.#ends.close('')
    }
    const text = bodyText(answer)
    if (answer.ending !== undefined) {
      this.#seen(answer, pending, Buffer.byteLength(text), 'closed')
      return this.#ends.close(text)
    }
    for (const line of linesOf(text)) this.#ends.toClient(Buffer.from(line))
    this.#seen(answer, pending, Buffer.byteLength(text), 'complete')
  }

  #after(delayMs: number, run: () => void): void {
    if (delayMs > 0) realClock.setTimeout(run, delayMs)
    else run()
  }

  #sent(call: number, method: string, tool: string | null): void {
    const what = { method, path: '', headers: [], stream: null, tool }
    this.#trace.record({ type: 'request.sent', ...this.#position(call), kind: 'mcp', ...what })
  }

  #struck(call: number, { fault, id }: Interference): void {
    this.#armed.deliveries[fault] = (this.#armed.deliveries[fault] ?? 0) + 1
    this.#trace.record({ type: 'fault.injected', ...this.#position(call), fault, id })
  }

  #seen(reply: Reply | null, { call, view }: Pending, bodyBytes: number, ended: 'complete' | 'closed'): void {
    const { errorCode, class: told } = reply === null ? noView : this.#upstream.describe(reply, view)
    const outcome = ended === 'closed' ? 'indeterminate' : (told ?? 'success')
    const what = { status: null, bodyBytes, ended, class: outcome, errorCode } as const
    this.#trace.record({ type: 'response.seen', ...this.#position(call), ...what })
  }

  #position(call: number): { at: number; call: number; upstream: string } {
    return { at: this.#armed.nowMs, call, upstream: this.#upstream.name }
  }
}

const noView = { errorCode: null, class: undefined }
