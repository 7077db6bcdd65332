import type { ModelReplyView, ModelRequestView, ToolRequestView } from '../contract/event.ts'
import type { UpstreamKind } from '../contract/upstream-kind.ts'
import type { OutcomeClass } from '../contract/outcome-class.ts'
import type { Effect, Task } from '../contract/task.ts'
import type { NetworkRequest } from '../simulation/network.ts'
import type { Dialect } from './dialect.ts'
import type { ScriptedReply } from './model-script.ts'
import type { Answer, Reply } from './reply.ts'
import type { Seam } from './seam.ts'

/** What an upstream understood of a request before it acts on it. */
export interface RequestView {
  readonly model: ModelRequestView | null
  readonly tool: ToolRequestView | null
  /** What an approval service is asked to approve. */
  readonly approval: ToolRequestView | null
  /** The parsed request in the upstream's own form, so that it is parsed once. */
  readonly parsed: unknown
  /** Whether it tells the upstream that an earlier call of its was given up, whose answer nobody wants any more. */
  readonly givesUp?: (earlier: RequestView) => boolean
  /** What a repetition has in common with the request, where each body carries a number of its own; absent: the body. */
  readonly identity?: string
}

/** What an upstream may do and know while it answers. */
export interface UpstreamContext {
  /** Virtual milliseconds since the start of the trial. */
  readonly nowMs: number
  /** Ordinal of the call in the trial. */
  readonly call: number
  /** The task on whose behalf the agent calls; undefined outside any. */
  readonly task: Task | undefined
  /** The trial's seed, for keyed draws such as identifiers. */
  readonly seed: string
  /** Writes an effect into the ledger: the world has changed. */
  applyEffect(effect: Effect): void
  /** What tools and stores answered before in the trial, as they said it; absent where nobody keeps it. */
  readonly earlier?: readonly EarlierAnswer[]
}

/** What a tool or a store answered to an earlier call, before any fault changed it. */
export interface EarlierAnswer {
  readonly upstream: string
  /** What was asked, by `requestText`. */
  readonly request: string
  /** On whose behalf; undefined for nobody in particular. */
  readonly user: string | undefined
  /** The body as text, or what a function gave back. */
  readonly said: unknown
}

/** What a reply meant, for the trace. */
export interface ReplyView {
  readonly model: ModelReplyView | null
  readonly errorCode: string | null
  readonly decision: 'approved' | 'denied' | 'pending' | null
  /** The call that a decision says it is about, where it does; else it is the one that was asked about. */
  readonly decided?: ToolRequestView
  /** Where the body says otherwise than the status, e.g. a stream that ended early or carries an error. */
  readonly class?: OutcomeClass
  /** What had come of a streamed reply that never became whole. */
  readonly partial?: ModelReplyView | null
}

/**
 * Anything the agent calls: a plain function from a request to a reply, with what it needs to be found and understood.
 *
 * Made afresh for each trial, so it may keep state.
 */
export interface Upstream {
  /** Unique in the scenario; faults aim at it. */
  readonly name: string
  readonly kind: UpstreamKind
  /** What an endpoint of a model speaks; absent where nobody knows, and then every fault of models may strike it. */
  readonly dialect?: Dialect
  /** How it is reached; absent: over HTTP. */
  readonly seam?: Seam
  /** Scheme, host and port, e.g. `https://api.openai.com`. */
  readonly origin: string
  /** Virtual milliseconds the service takes when nothing is wrong. */
  readonly latencyMs: number
  /** Whether a request to the origin is for this upstream. */
  matches(method: string, path: string): boolean
  understand(request: NetworkRequest): RequestView
  handle(request: NetworkRequest, view: RequestView, context: UpstreamContext): Answer | Promise<Answer>
  /** Puts a model's reply into the dialect of the endpoint; only model endpoints have it. */
  compose?(reply: ScriptedReply, view: RequestView, context: UpstreamContext): Reply
  /**
   * Reads a reply back, also one that a fault has put in its place, or one of which only the first pieces came.
   *
   * @param view of the request, where a reply may turn out to be another's
   */
  describe(reply: Reply, view?: RequestView): ReplyView
  /** Told of a reply of its own that did not reach the caller whole, so that it can be given again. */
  lost?(reply: Reply): void
}

/** The view of a request nobody needs to understand. */
export const opaqueRequest: RequestView = { model: null, tool: null, approval: null, parsed: null }

/** The view of a reply nobody needs to understand. */
export const opaqueReply: ReplyView = { model: null, errorCode: null, decision: null }
