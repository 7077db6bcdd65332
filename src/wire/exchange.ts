import { ShakedownError, usageError } from '../contract/errors.ts'
import type { Recorder } from '../trace/recorder.ts'
import { LogicalCalls } from '../trace/logical-calls.ts'
import type { NetworkRequest } from '../simulation/network.ts'
import { listenForAbort } from '../simulation/listen-for-abort.ts'
import type { World } from '../simulation/world.ts'
import type { Task } from '../contract/task.ts'
import { CallHappenings } from './call-happenings.ts'
import { CallRecord } from './call-record.ts'
import { ConnectionFailure } from './connection-failure.ts'
import { Delivery } from './delivery.ts'
import { GivenUpCalls } from './given-up-calls.ts'
import type { AgentProcess } from './happening.ts'
import type { Interference, InterferencePort, UpstreamCall } from './interference.ts'
import { headersTimeout, systemConnectMs } from './patience.ts'
import { RedirectLoops } from './redirect-loops.ts'
import { type Answer, type Reply, type TransportFailure, bodyText, isReply } from './reply.ts'
import { requestText } from './request-text.ts'
import type { EarlierAnswer, RequestView, Upstream, UpstreamContext } from './upstream.ts'

/** What an exchange needs of its trial. */
export interface ExchangeScope {
  readonly world: World
  readonly recorder: Recorder
  readonly interference: InterferencePort
  readonly seed: string
  readonly tasks: readonly Task[]
  /** The process of the agent, where faults can strike it. */
  readonly process?: AgentProcess
  /** Told of an upstream that threw: the scenario is at fault, and what the agent would make of it means nothing. */
  readonly onDefect?: (defect: ShakedownError) => void
  /** Told of each call while the code that makes it is on the stack. */
  readonly onCall?: ((call: number) => void) | undefined
}

/** A call that has been sent, and what the faults of the plan do to it. */
export interface OpenCall {
  readonly call: UpstreamCall
  readonly record: CallRecord
  readonly interferences: readonly Interference[]
  /** Virtual milliseconds before the answer. */
  readonly delayMs: number
  /** What they do to the agent's process around the call; undefined for nothing, which is nearly always. */
  readonly happenings: CallHappenings | undefined
}

/** The calls of one trial: sends requests to upstreams, lets faults interfere, and records what crossed the wire. */
export class Exchanges {
  readonly #scope: ExchangeScope
  readonly #logicalCalls = new LogicalCalls()
  readonly #earlier: EarlierAnswer[] = []
  readonly #loops = new RedirectLoops()
  readonly #givenUp = new GivenUpCalls()
  #count = 0

  constructor(scope: ExchangeScope) {
    this.#scope = scope
  }

  /**
   * Carries one request to its upstream and the answer back, in virtual time.
   *
   * Rejects with the signal's reason where the caller gives up, and with a {@link ConnectionFailure} where the
   * connection fails; never settles where the upstream stays silent and nobody gives up, or where the upstream throws,
   * which ends the world. For a process that has been killed it never settles either.
   */
  async send(upstream: Upstream, request: NetworkRequest, task: number): Promise<Delivery> {
    const again = this.#loops.again(request)
    if (again !== null) return again
    const { call, record, interferences, delayMs, happenings } = this.open(upstream, request, task)
    if (record.life.isOver) return never()
    await this.#pause(call, record, delayMs)
    if (record.life.isOver) return never()
    const answering = this.#answer(call, record, interferences)
    const answer = answering instanceof Promise ? await answering : answering
    if (happenings !== undefined) {
      happenings.reached('acted')
      throwIfAborted(call, record)
    }
    if (record.life.isOver) return record.lost()
    if (isReply(answer)) {
      if (answer.afterMs !== undefined) await this.#pause(call, record, answer.afterMs)
      const delivery = deliver(answer, record, happenings)
      return record.life.isOver ? never() : delivery
    }
    if ('silence' in answer) return this.#pause(call, record, Number.POSITIVE_INFINITY)
    if ('redirects' in answer) return this.#loops.begin(call, record, (delayMs) => this.#pause(call, record, delayMs))
    // Sockets know no limit for connecting but the system's.
    if (answer.failure === 'UND_ERR_CONNECT_TIMEOUT' && request.patience === undefined) {
      await this.#pause(call, record, systemConnectMs - this.#sinceSent(call))
    }
    const failed = failure(record, answer)
    happenings?.reached('answered')
    throw failed
  }

  /** Writes down that a call is sent and asks what interferes with it. */
  open(upstream: Upstream, request: NetworkRequest, task: number, view?: RequestView): OpenCall {
    const { nowMs } = this.#scope.world.clock
    const understood = view ?? upstream.understand(request)
    const call: UpstreamCall = { upstream, call: this.#count++, task, nowMs, request, view: understood }
    const record = new CallRecord(this.#scope, this.#logicalCalls, call)
    this.#scope.onCall?.(call.call)
    record.sent()
    this.#givenUp.sent(call, record)
    const interferences = this.#scope.interference.interfere(call)
    let delayMs = upstream.latencyMs
    let happenings: CallHappenings | undefined
    for (const interference of interferences) {
      if (interference.happening !== undefined) (happenings ??= this.#happenings(call, record)).plan(interference)
      else if (interference.tookHold === undefined) record.fault(interference)
      delayMs += interference.delayMs ?? 0
    }
    happenings?.reached('sent')
    return { call, record, interferences, delayMs, happenings }
  }

  /** The process of the agent was killed: nobody waits for its calls any more. Returns those that were under way. */
  cut(): readonly number[] {
    return this.#logicalCalls.forget()
  }

  #happenings(call: UpstreamCall, record: CallRecord): CallHappenings {
    return new CallHappenings(this.#scope, call, (interference) => {
      interference.tookHold?.()
      record.fault(interference)
    })
  }

  /** Waits in virtual time, unless the client gives up first; an infinite delay ends only that way. */
  #pause(call: UpstreamCall, record: CallRecord, delayMs: number): Promise<never>
  #pause(call: UpstreamCall, record: CallRecord, delayMs: number): Promise<void>
  #pause(call: UpstreamCall, record: CallRecord, delayMs: number): Promise<void> {
    const { signal } = call.request
    if (signal?.aborted === true) return Promise.reject(abort(record, signal))
    if (delayMs <= 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const { clock } = this.#scope.world
      const leftMs = this.#patienceLeftMs(call)
      const isTooLong = delayMs > leftMs
      const onDue = (): void => {
        stopListening()
        if (isTooLong) reject(failure(record, headersTimeout))
        else resolve()
      }
      const untilDueMs = isTooLong ? leftMs : delayMs
      const timer = Number.isFinite(untilDueMs) ? clock.setExactTimer(onDue, untilDueMs) : undefined
      const stopListening = listenForAbort(this.#scope.world, signal, () => {
        stopListening()
        timer?.close()
        if (signal) reject(abort(record, signal))
      })
    })
  }

  /** How much longer the client waits for headers by itself. */
  #patienceLeftMs(call: UpstreamCall): number {
    const { patience } = call.request
    return patience === undefined ? Number.POSITIVE_INFINITY : patience.headersMs - this.#sinceSent(call)
  }

  #sinceSent({ nowMs }: UpstreamCall): number {
    return this.#scope.world.clock.nowMs - nowMs
  }

  /** An answer at once where the upstream has one at once: a promise that nobody needs costs every call. */
  #answer(call: UpstreamCall, record: CallRecord, interferences: readonly Interference[]): Answer | Promise<Answer> {
    const replacing = interferences.find((interference) => interference.instead !== undefined)
    try {
      if (replacing?.instead !== undefined) return replacing.instead(this.context(call, record))
      const context = this.context(call, record)
      const { request, view } = received(call, record, interferences)
      const handled = call.upstream.handle(request, view, context)
      const heard = { call, record, context, interferences }
      if (!(handled instanceof Promise)) return this.#afterwards(handled, heard)
      return handled.then(
        (answer) => this.#afterwards(answer, heard),
        (thrown: unknown) => this.#endForDefect(call, thrown),
      )
    } catch (thrown) {
      return this.#endForDefect(call, thrown)
    }
  }

  #afterwards(given: Answer, heard: Afterwards): Answer {
    const answer = afterwards(given, heard)
    if (heard.call.upstream.kind !== 'model' && isReply(given) && given.status < 400) {
      this.remember(heard.call, bodyText(given))
    }
    return answer
  }

  #endForDefect({ upstream: { name } }: UpstreamCall, thrown: unknown): Promise<never> {
    this.reportDefect(`upstream "${name}"`, thrown)
    return new Promise(() => {})
  }

  /**
   * Ends the world because of what the scenario itself got wrong: an agent would take the error for a broken
   * connection, and a search would blame it for that.
   */
  reportDefect(what: string, thrown: unknown): ShakedownError {
    const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `a ${typeof thrown}`
    const defect = ShakedownError.is(thrown)
      ? thrown
      : usageError('UPSTREAM', `${what} threw ${words}; mend it in the scenario.`, thrown)
    this.#scope.onDefect?.(defect)
    this.#scope.world.interrupt({ how: 'crashed', detail: defect.message })
    return defect
  }

  /** What an upstream, and a fault that speaks for it, may do and know while it answers a call. */
  context(call: UpstreamCall, record: CallRecord): UpstreamContext {
    const { recorder, world, seed, tasks } = this.#scope
    return {
      nowMs: world.clock.nowMs,
      call: call.call,
      task: tasks[call.task],
      seed,
      applyEffect: (effect) => recorder.record({ type: 'effect.applied', ...record.position(), effect }),
      earlier: this.#earlier,
    }
  }

  /** Keeps what an upstream said of itself, for faults that say it again later. */
  remember({ upstream, task, request }: UpstreamCall, said: unknown): void {
    const { user } = this.#scope.tasks[task] ?? {}
    this.#earlier.push({ upstream: upstream.name, request: requestText(request), user, said })
  }
}

function deliver(reply: Reply, record: CallRecord, happenings: CallHappenings | undefined): Delivery {
  record.head(reply)
  const delivery = new Delivery(reply, record, happenings && (() => happenings.reached('answered')))
  if (typeof reply.body === 'string') delivery.bodyEnded()
  return delivery
}

/** What nobody waits for any more. */
function never(): Promise<never> {
  return new Promise(() => {})
}

/** What has happened to the process may have made it give up the call, whose answer it then does not get. */
function throwIfAborted({ request: { signal } }: UpstreamCall, record: CallRecord): void {
  if (signal?.aborted === true) throw abort(record, signal)
}

function failure(record: CallRecord, why: TransportFailure): ConnectionFailure {
  record.failed(why.failure)
  return new ConnectionFailure(why)
}

function abort(record: CallRecord, signal: AbortSignal): unknown {
  record.aborted()
  return signal.reason
}

/** What reaches the upstream of a call: what was sent, unless a fault puts something else in its place. */
function received(
  { request, view, upstream }: UpstreamCall,
  record: CallRecord,
  interferences: readonly Interference[],
): Pick<UpstreamCall, 'request' | 'view'> {
  const changing = interferences.find(({ receiving }) => receiving !== undefined)
  if (changing?.receiving === undefined) return { request, view }
  const changed = changing.receiving(request)
  changing.tookHold?.()
  record.fault(changing)
  return { request: changed, view: upstream.understand(changed) }
}

/** What interferes with an answer, and where that is written down. */
interface Afterwards {
  readonly call: UpstreamCall
  readonly record: CallRecord
  readonly context: UpstreamContext
  readonly interferences: readonly Interference[]
}

/** What the faults that change an answer make of it, one after another. */
function afterwards(given: Answer, { record, context, interferences }: Afterwards): Answer {
  if (!isReply(given)) return given
  record.own = given
  let answer: Answer = given
  for (const interference of interferences) {
    if (interference.afterwards === undefined || !isReply(answer)) continue
    const changed: Answer = interference.afterwards(answer, context)
    // What has changed the request has been counted by then.
    if (interference.tookHold !== undefined && interference.receiving === undefined && changed !== answer) {
      interference.tookHold()
      record.fault(interference)
    }
    answer = changed
  }
  return answer
}
