import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { OutcomeClass } from '../../contract/outcome-class.ts'
import type { RawHeader } from './message-head.ts'

interface OfCall {
  /** Real milliseconds since the plan was armed. */
  readonly at: number
  /** Ordinal of the call since then, from 0. */
  readonly call: number
  readonly upstream: string
}

/** A request arrived that will be forwarded, or answered in the upstream's place. */
export interface RequestSeen extends OfCall {
  readonly type: 'request.sent'
  readonly kind: UpstreamKind
  readonly method: string
  /** Without the values of its query. */
  readonly path: string
  /** Without the values that could be credentials. */
  readonly headers: readonly RawHeader[]
  /** Whether a model's reply is wanted as a stream; null where the request was not read as one to a model. */
  readonly stream: boolean | null
  /** The tool of an MCP server that is called; null for anything else, and where the request was not read. */
  readonly tool: string | null
}

/** A fault of the plan took hold of a call. */
export interface FaultDelivered extends OfCall {
  readonly type: 'fault.injected'
  /** Index of the fault in the plan. */
  readonly fault: number
  readonly id: string
}

/**
 * How a call ended for the client: `complete` as HTTP says; `closed` or `reset` before that; `abandoned` by the client
 * itself; `shutdown` with the proxy.
 */
export type CallEnding = 'complete' | 'closed' | 'reset' | 'abandoned' | 'shutdown'

/** What the client saw of a call, once it was over. */
export interface ResponseSeen extends OfCall {
  readonly type: 'response.seen'
  /** Null where no answer began. */
  readonly status: number | null
  /** Bytes of content that were sent to the client, without their framing. */
  readonly bodyBytes: number
  readonly ended: CallEnding
  readonly class: OutcomeClass
  /** The provider's error code, where an answer that a fault made or changed carries one. */
  readonly errorCode: string | null
}

/** A request was answered by the proxy itself, because it could not be forwarded. */
export interface RequestRefused {
  readonly type: 'request.refused'
  readonly at: number
  readonly upstream: string
  readonly status: number
  readonly code: string
}

/** One line of the proxy's trace; no body and no credential is ever in it. */
export type ProxyEvent = RequestSeen | FaultDelivered | ResponseSeen | RequestRefused

/** The most events kept; a proxy may run for days. */
const maxEvents = 50_000
/** How many more may gather before they are dropped together, which costs less than one by one. */
const maxExcess = 5_000

/** The latest events of a proxy. */
export class ProxyTrace {
  #events: ProxyEvent[] = []
  #forgotten = 0

  record(event: ProxyEvent): void {
    this.#events.push(event)
    if (this.#events.length < maxEvents + maxExcess) return
    this.#forgotten += this.#events.length - maxEvents
    this.#events = this.#events.slice(-maxEvents)
  }

  /** Events that were dropped for newer ones. */
  get forgotten(): number {
    return this.#forgotten + Math.max(0, this.#events.length - maxEvents)
  }

  get events(): readonly ProxyEvent[] {
    return this.#events.slice(-maxEvents)
  }

  clear(): void {
    this.#events = []
    this.#forgotten = 0
  }
}
