import type { OutcomeClass } from '../contract/outcome-class.ts'
import type { ModelReplyView } from '../contract/event.ts'
import type { LogicalCalls } from '../trace/logical-calls.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { World } from '../simulation/world.ts'
import type { Interference, UpstreamCall } from './interference.ts'
import { classifyFailure, classifyStatus } from './outcome-class.ts'
import { recordedHeaders } from './recorded-headers.ts'
import { type Reply, bodyText } from './reply.ts'
import { type ReplyView, type Upstream, opaqueReply } from './upstream.ts'

/** Where the calls of a trial are recorded. */
export interface RecordScope {
  readonly world: World
  readonly recorder: Recorder
}

/** Writes down what becomes of one call, and settles it among the attempts of its logical call. */
export class CallRecord {
  readonly #scope: RecordScope
  readonly #logicalCalls: LogicalCalls
  readonly #call: UpstreamCall
  /** The life of the agent's process that made the call: once it is over, nothing more is said of it. */
  readonly life: World['life']
  /** Whether the caller has told the upstream that it gave the call up: what comes after that is not told any more. */
  #isGivenUp = false
  #hasEnded = false
  /** What the upstream itself answered, before any fault changed it. */
  own: Reply | undefined

  constructor(scope: RecordScope, logicalCalls: LogicalCalls, call: UpstreamCall) {
    this.#scope = scope
    this.#logicalCalls = logicalCalls
    this.#call = call
    this.life = scope.world.life
  }

  sent(): void {
    const { call, task, upstream, request, view } = this.#call
    const { method, url, body } = request
    const placed = this.#logicalCalls.place({
      call,
      task,
      upstream: upstream.name,
      kind: upstream.kind,
      method,
      url,
      body: view.identity ?? body,
    })
    const { logicalCall, attempt, previous } = placed
    this.#scope.recorder.record({
      type: 'request.sent',
      ...this.position(),
      method,
      url,
      body,
      logicalCall,
      attempt,
      previous,
      idempotencyKey: upstream.kind === 'model' ? null : request.header('idempotency-key'),
      model: view.model,
      tool: view.tool,
    })
    if (view.approval !== null) {
      const { name: tool, arguments: args } = view.approval
      this.#scope.recorder.record({ type: 'approval.asked', ...this.position(), tool, arguments: args })
    }
  }

  fault({ fault, id, demanded }: Interference): void {
    this.#scope.recorder.record({ type: 'fault.injected', ...this.position(), fault, id, demanded })
  }

  head({ status, headers }: Reply): void {
    if (this.#isGivenUp) return
    this.#scope.recorder.record({
      type: 'response.head',
      ...this.position(),
      status,
      headers: recordedHeaders(headers),
    })
  }

  /** A piece of the body was taken, of which this is the ordinal. */
  piece(chunk: number, bytes: number): void {
    if (this.#isSilent) return
    const { upstream, task, call } = this.#call
    const { name, kind } = upstream
    const at = this.#scope.world.clock.nowMs
    // Written out: of no event are there more.
    this.#scope.recorder.record({ type: 'response.chunk', at, task, call, upstream: name, kind, chunk, bytes })
  }

  /** The body ended, or as much of it was read as anybody needs. */
  end(reply: Reply, view: ReplyView = this.#call.upstream.describe(reply, this.#call.view)): void {
    if (this.#isSilent) return
    const outcomeClass = view.class ?? classifyStatus(reply.status)
    this.#settle(outcomeClass === 'success')
    const { recorder } = this.#scope
    const position = this.position()
    recorder.record({
      type: 'response.end',
      ...position,
      status: reply.status,
      class: outcomeClass,
      body: bodyText(reply),
      model: view.model,
      partial: view.partial ?? null,
      errorCode: view.errorCode,
    })
    const { approval } = this.#call.view
    if (approval !== null && view.decision !== null) {
      const { name: tool, arguments: args } = view.decided ?? approval
      recorder.record({ type: 'approval.answered', ...position, tool, arguments: args, decision: view.decision })
    }
  }

  /** The connection failed; of a body that had begun, `come` is what had come of it. */
  failed(cause: string, come?: Reply): void {
    this.#settle(false)
    if (this.#isSilent) return
    const partial = come === undefined ? null : saidBy(this.#read(come))
    const outcomeClass = come === undefined ? classifyFailure(cause) : 'indeterminate'
    this.#scope.recorder.record({ type: 'request.failed', cause, ...this.position(), class: outcomeClass, partial })
  }

  /** A function in the agent's own process, or a statement on a file, threw: it has answered, and no good. */
  threw(cause: string, outcomeClass: OutcomeClass = 'failure'): void {
    this.#settle(false)
    if (this.#isSilent) return
    const position = this.position()
    this.#scope.recorder.record({ type: 'request.failed', cause, ...position, class: outcomeClass, partial: null })
  }

  /**
   * The caller gave the call up; of a body that had begun, `come` is what had come of it.
   *
   * Once a stream is whole, or has told of an error, nothing more is to come: clients hang up on it, and it has ended.
   * Of any other body only its end tells that it is whole.
   *
   * @returns whether it has ended so
   */
  aborted(come?: Reply): boolean {
    if (this.#isSilent) return false
    const view = come === undefined ? opaqueReply : this.#read(come)
    const isOver = view.model !== null || view.class === 'failure'
    if (come !== undefined && isOver && isStream(come)) {
      this.end(come, view)
      return true
    }
    this.#settle(false)
    const partial = saidBy(view)
    this.#scope.recorder.record({ type: 'request.aborted', ...this.position(), class: 'indeterminate', partial })
    return false
  }

  /** The caller has told the upstream that it gave the call up: then it has, whenever its connection ends. */
  givenUp(): void {
    if (this.#hasEnded) return
    this.aborted()
    this.#isGivenUp = true
  }

  /** Whoever called is gone: the answer reaches nobody, and the upstream may give it again. */
  lost(): Promise<never> {
    this.#settle(false)
    return new Promise(() => {})
  }

  position(): { at: number; task: number; call: number; upstream: string; kind: Upstream['kind'] } {
    const { upstream, task, call } = this.#call
    return { at: this.#scope.world.clock.nowMs, task, call, upstream: upstream.name, kind: upstream.kind }
  }

  /** Whether nothing more is said of the call. */
  get #isSilent(): boolean {
    return this.life.isOver || this.#isGivenUp
  }

  #settle(isSuccess: boolean): void {
    this.#hasEnded = true
    this.#logicalCalls.settle(this.#call.call, isSuccess)
    if (!isSuccess && this.own !== undefined) this.#call.upstream.lost?.(this.own)
    this.own = undefined
  }

  /** Half an answer of a tool means nothing to its back end. */
  #read(come: Reply): ReplyView {
    return this.#call.upstream.kind === 'model' ? this.#call.upstream.describe(come) : opaqueReply
  }
}

function saidBy({ model, partial }: ReplyView): ModelReplyView | null {
  return model ?? partial ?? null
}

/** Whether a body tells by itself that it is whole, whatever comes of the connection. */
function isStream({ headers }: Reply): boolean {
  return /^(text\/event-stream|application\/vnd\.amazon\.eventstream)/.test(headers['content-type'] ?? '')
}
