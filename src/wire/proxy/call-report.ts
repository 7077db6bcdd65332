import { classifyStatus } from '../outcome-class.ts'
import type { Interference } from '../interference.ts'
import type { Reply } from '../reply.ts'
import { type ReplyView, type Upstream, type RequestView, opaqueReply, opaqueRequest } from '../upstream.ts'
import type { ArmedPlan } from './armed-plan.ts'
import type { CallEnding, ProxyTrace } from './proxy-trace.ts'
import { redactedHeaders, redactedPath } from './redaction.ts'
import type { RequestHead } from './request-head.ts'

/** Writes down what becomes of one call, and what the client saw of it. */
export class CallReport {
  readonly armed: ArmedPlan
  readonly call: number
  readonly upstream: Upstream
  readonly #trace: ProxyTrace
  #asked: RequestView = opaqueRequest
  #status: number | null = null
  #bodyBytes = 0
  #isSettled = false

  constructor(trace: ProxyTrace, armed: ArmedPlan, upstream: Upstream) {
    this.#trace = trace
    this.armed = armed
    this.upstream = upstream
    this.call = armed.nextCall()
  }

  sent({ method, headers }: RequestHead, path: string, view: RequestView): void {
    const { kind } = this.upstream
    this.#asked = view
    const written = { method, path: redactedPath(path), headers: redactedHeaders(headers) }
    this.#trace.record({
      type: 'request.sent',
      ...this.#position(),
      kind,
      ...written,
      stream: view.model?.stream ?? null,
      tool: kind === 'mcp' ? (view.tool?.name ?? null) : null,
    })
  }

  fault({ fault, id }: Interference): void {
    this.armed.deliveries[fault] = (this.armed.deliveries[fault] ?? 0) + 1
    this.#trace.record({ type: 'fault.injected', ...this.#position(), fault, id })
  }

  /** Whether an answer has begun. */
  get hasBegun(): boolean {
    return this.#status !== null
  }

  /** An answer has begun. */
  head(status: number): void {
    this.#status = status
  }

  /** So many bytes of content more were sent. */
  body(bytes: number): void {
    this.#bodyBytes += bytes
  }

  /** What an answer to the call means. */
  describe(reply: Reply): ReplyView {
    return this.upstream.describe(reply, this.#asked)
  }

  /** The call is over; only the first word counts. */
  settle(ended: CallEnding, view: ReplyView = opaqueReply): void {
    if (this.#isSettled) return
    this.#isSettled = true
    const status = this.#status
    const ofStatus = status === null || ended !== 'complete' ? 'indeterminate' : classifyStatus(status)
    const { class: outcomeClass = ofStatus, errorCode } = view
    const seen = { status, bodyBytes: this.#bodyBytes, ended, class: outcomeClass, errorCode }
    this.#trace.record({ type: 'response.seen', ...this.#position(), ...seen })
  }

  #position(): { at: number; call: number; upstream: string } {
    return { at: this.armed.nowMs, call: this.call, upstream: this.upstream.name }
  }
}
