import { ShakedownError, usageError } from '../contract/errors.ts'
import type { OutcomeClass } from '../contract/outcome-class.ts'
import type { Recorder } from '../trace/recorder.ts'
import { LogicalCalls } from '../trace/logical-calls.ts'
import type { NetworkRequest } from '../simulation/network.ts'
import type { World } from '../simulation/world.ts'
import type { Task } from '../contract/task.ts'
import type { Interference, InterferencePort, UpstreamCall } from './interference.ts'
import { classifyFailure, classifyStatus } from './outcome-class.ts'
import { recordedHeaders } from './recorded-headers.ts'
import { type Answer, type Reply, type TransportFailure, bodyText, isReply } from './reply.ts'
import type { Upstream, UpstreamContext } from './upstream.ts'

/** Raised to the client for a failure below HTTP; transports turn it into what their client would see. */
export class ConnectionFailure extends Error {
  static {
    this.prototype.name = 'Error'
  }
  readonly code: string
  constructor(failure: TransportFailure) {
    super(failure.message)
    this.code = failure.failure
  }
}

/** An answer on its way to the client. */
export interface Delivery {
  readonly reply: Reply
  /** To be called when a body that arrives in pieces has been read whole. */
  readonly bodyEnded: () => void
  /** To be called when the client gave such a body up. */
  readonly bodyAborted: () => void
}

/** What an exchange needs of its trial. */
export interface ExchangeScope {
  readonly world: World
  readonly recorder: Recorder
  readonly interference: InterferencePort
  readonly seed: string
  readonly tasks: readonly Task[]
  /** Told of an upstream that threw: the scenario is at fault, and what the agent would make of it means nothing. */
  readonly onDefect?: (defect: ShakedownError) => void
}

/** The calls of one trial: sends requests to upstreams, lets faults interfere, and records what crossed the wire. */
export class Exchanges {
  readonly #scope: ExchangeScope
  readonly #logicalCalls = new LogicalCalls()
  #count = 0

  constructor(scope: ExchangeScope) {
    this.#scope = scope
  }

  /**
   * Carries one request to its upstream and the answer back, in virtual time.
   *
   * Rejects with the signal's reason where the caller gives up, and with a {@link ConnectionFailure} where the
   * connection fails; never settles where the upstream stays silent and nobody gives up, or where the upstream throws,
   * which ends the world.
   */
  async send(upstream: Upstream, request: NetworkRequest, task: number): Promise<Delivery> {
    const call = this.#begin(upstream, request, task)
    const interferences = this.#scope.interference.interfere(call)
    for (const interference of interferences) this.#recordFault(call, interference)
    const delayMs = interferences.reduce((sum, { delayMs = 0 }) => sum + delayMs, upstream.latencyMs)
    await this.#pause(call, delayMs)
    const answering = this.#answer(call, interferences)
    const answer = answering instanceof Promise ? await answering : answering
    if (isReply(answer)) return this.#deliver(call, answer)
    if ('silence' in answer) return this.#pause(call, Number.POSITIVE_INFINITY)
    return this.#fail(call, answer)
  }

  #begin(upstream: Upstream, request: NetworkRequest, task: number): UpstreamCall {
    const view = upstream.understand(request)
    const call: UpstreamCall = {
      upstream,
      call: this.#count++,
      task,
      nowMs: this.#scope.world.clock.nowMs,
      request,
      view,
    }
    const { method, url, body } = request
    const { name, kind } = upstream
    const placed = this.#logicalCalls.place({ call: call.call, task, upstream: name, kind, method, url, body })
    const { logicalCall, attempt, previous } = placed
    this.#scope.recorder.record({
      type: 'request.sent',
      ...this.#position(call),
      method,
      url,
      body,
      logicalCall,
      attempt,
      previous,
      idempotencyKey: kind === 'model' ? null : request.header('idempotency-key'),
      model: view.model,
      tool: view.tool,
    })
    if (view.approval !== null) {
      const { name: tool, arguments: args } = view.approval
      this.#scope.recorder.record({ type: 'approval.asked', ...this.#position(call), tool, arguments: args })
    }
    return call
  }

  #recordFault(call: UpstreamCall, { fault, id, demanded }: Interference): void {
    this.#scope.recorder.record({ type: 'fault.injected', ...this.#position(call), fault, id, demanded })
  }

  /** Waits in virtual time, unless the caller gives up first; an infinite delay ends only that way. */
  #pause(call: UpstreamCall, delayMs: number): Promise<never>
  #pause(call: UpstreamCall, delayMs: number): Promise<void>
  #pause(call: UpstreamCall, delayMs: number): Promise<void> {
    const { signal } = call.request
    if (signal?.aborted === true) return Promise.reject(this.#abort(call, signal))
    if (delayMs <= 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const { clock } = this.#scope.world
      const onDue = (): void => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      const timer = Number.isFinite(delayMs) ? clock.setTimer(onDue, delayMs) : undefined
      const onAbort = (): void => {
        timer?.close()
        if (signal) reject(this.#abort(call, signal))
      }
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** An answer at once where the upstream has one at once: a promise that nobody needs costs every call. */
  #answer(call: UpstreamCall, interferences: readonly Interference[]): Answer | Promise<Answer> {
    const replacing = interferences.find((interference) => interference.instead !== undefined)
    try {
      if (replacing?.instead !== undefined) return replacing.instead(this.#context(call))
      const handled = call.upstream.handle(call.request, call.view, this.#context(call))
      if (!(handled instanceof Promise)) return afterwards(handled, interferences)
      return handled.then(
        (answer) => afterwards(answer, interferences),
        (thrown: unknown) => this.#endForDefect(call, thrown),
      )
    } catch (thrown) {
      return this.#endForDefect(call, thrown)
    }
  }

  /** An agent would take the error for a broken connection, and a search would blame it for that. */
  #endForDefect({ upstream: { name } }: UpstreamCall, thrown: unknown): Promise<never> {
    const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `a ${typeof thrown}`
    const defect = ShakedownError.is(thrown)
      ? thrown
      : usageError('UPSTREAM', `upstream "${name}" threw ${words}; mend it in the scenario.`, thrown)
    this.#scope.onDefect?.(defect)
    this.#scope.world.interrupt({ how: 'crashed', detail: defect.message })
    return new Promise(() => {})
  }

  #context(call: UpstreamCall): UpstreamContext {
    const { recorder, world, seed, tasks } = this.#scope
    return {
      nowMs: world.clock.nowMs,
      call: call.call,
      task: tasks[call.task],
      seed,
      applyEffect: (effect) => recorder.record({ type: 'effect.applied', ...this.#position(call), effect }),
    }
  }

  #deliver(call: UpstreamCall, reply: Reply): Delivery {
    const { recorder } = this.#scope
    const position = this.#position(call)
    recorder.record({
      type: 'response.head',
      ...position,
      status: reply.status,
      headers: recordedHeaders(reply.headers),
    })
    if (typeof reply.body === 'string') this.#recordEnd(call, reply)
    return {
      reply,
      bodyEnded: () => this.#recordEnd(call, reply),
      bodyAborted: () => this.#settleBadly(call, 'indeterminate', { type: 'request.aborted' }),
    }
  }

  #recordEnd(call: UpstreamCall, reply: Reply): void {
    const outcomeClass = classifyStatus(reply.status)
    this.#logicalCalls.settle(call.call, outcomeClass === 'success')
    const { model, errorCode, decision } = call.upstream.describe(reply)
    const { recorder } = this.#scope
    const position = this.#position(call)
    recorder.record({
      type: 'response.end',
      ...position,
      status: reply.status,
      class: outcomeClass,
      body: bodyText(reply),
      model,
      partial: null,
      errorCode,
    })
    if (call.view.approval !== null && decision !== null) {
      const { name: tool, arguments: args } = call.view.approval
      recorder.record({ type: 'approval.answered', ...position, tool, arguments: args, decision })
    }
  }

  #fail(call: UpstreamCall, failure: TransportFailure): never {
    this.#settleBadly(call, classifyFailure(failure.failure), { type: 'request.failed', cause: failure.failure })
    throw new ConnectionFailure(failure)
  }

  #abort(call: UpstreamCall, signal: AbortSignal): unknown {
    this.#settleBadly(call, 'indeterminate', { type: 'request.aborted' })
    return signal.reason
  }

  #settleBadly(
    call: UpstreamCall,
    outcomeClass: OutcomeClass,
    event: { type: 'request.failed'; cause: string } | { type: 'request.aborted' },
  ): void {
    this.#logicalCalls.settle(call.call, false)
    if (this.#scope.world.isClosed) return
    this.#scope.recorder.record({ ...event, ...this.#position(call), class: outcomeClass, partial: null })
  }

  #position(call: UpstreamCall): {
    at: number
    task: number
    call: number
    upstream: string
    kind: Upstream['kind']
  } {
    const { name, kind } = call.upstream
    return { at: this.#scope.world.clock.nowMs, task: call.task, call: call.call, upstream: name, kind }
  }
}

/** What the faults that change an answer make of it, one after another. */
function afterwards(given: Answer, interferences: readonly Interference[]): Answer {
  let answer = given
  for (const { afterwards: change } of interferences) {
    if (change !== undefined && isReply(answer)) answer = change(answer)
  }
  return answer
}
