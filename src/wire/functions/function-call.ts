import { z } from 'zod'
import { jsonObjectSchema } from '../../contract/json.ts'
import { listenForAbort } from '../../simulation/listen-for-abort.ts'
import type { LocalCall } from '../../simulation/network.ts'
import { ProcessIsGone } from '../../simulation/process-is-gone.ts'
import type { World } from '../../simulation/world.ts'
import type { Exchanges, OpenCall } from '../exchange.ts'
import { opaqueReply } from '../upstream.ts'
import { type LocalAnswer, isReturned } from './local-answer.ts'
import { recordedText } from './recorded-value.ts'

const effectSchema = z.strictObject({ key: z.string(), detail: jsonObjectSchema }).nullable()

/** Where the call is made. */
export interface CallScope {
  readonly world: World
  readonly exchanges: Exchanges
}

/** One call of a function in the agent's own process, from its arguments to what its caller gets. */
export class FunctionCall {
  readonly #local: LocalCall
  readonly #open: OpenCall
  readonly #scope: CallScope
  readonly #signal: AbortSignal | null
  /** Whether the trace has been told how the call ended. */
  #isOver = false
  #stopListening = (): void => {}
  /** Ends what the caller waits for at the harness, where it does. */
  #giveUp: ((reason: unknown) => void) | undefined

  constructor(local: LocalCall, open: OpenCall, scope: CallScope) {
    this.#local = local
    this.#open = open
    this.#scope = scope
    const { signal } = open.call.request
    // A call that was given up before it was made is the function's own affair.
    this.#signal = signal?.aborted === true ? null : signal
  }

  run(): unknown {
    if (this.#open.record.life.isOver) return this.#stop()
    this.#stopListening = listenForAbort(this.#scope.world, this.#signal, this.#onAbort)
    const { interferences } = this.#open
    const replacing = interferences.find(({ local }) => local?.instead !== undefined)
    if (replacing?.local?.instead !== undefined) return this.#give(replacing.local.instead())
    const args = interferences.find(({ local }) => local?.receiving !== undefined)?.local?.receiving
    return this.#invoke(args ?? this.#local.arguments)
  }

  #invoke(args: readonly unknown[]): unknown {
    let value: unknown
    try {
      value = this.#local.invoke(args)
    } catch (thrown) {
      return this.#give(this.#afterwards({ thrown, atOnce: true }))
    }
    if (!(value instanceof Promise)) return this.#returned(args, value)
    return value.then(
      (settled: unknown) => this.#returned(args, settled),
      (thrown: unknown) => this.#give(this.#afterwards({ thrown })),
    )
  }

  #returned(args: readonly unknown[], value: unknown): unknown {
    this.#applyEffect(args, value)
    const answer = this.#afterwards({ value })
    this.#scope.exchanges.remember(this.#open.call, value)
    return this.#give(answer)
  }

  #applyEffect(args: readonly unknown[], value: unknown): void {
    const { effect: effectOf, name } = this.#local
    if (effectOf === undefined || this.#open.record.life.isOver) return
    const { call, record } = this.#open
    try {
      const effect = effectSchema.parse(effectOf(args, value))
      if (effect !== null) this.#scope.exchanges.context(call, record).applyEffect({ tool: name, ...effect })
    } catch (thrown) {
      throw this.#scope.exchanges.reportDefect(`the effect of the function "${name}"`, thrown)
    }
  }

  /** What the faults that change an answer make of it, one after another. */
  #afterwards(given: LocalAnswer): LocalAnswer {
    const { call, record, interferences } = this.#open
    let answer = given
    for (const interference of interferences) {
      const changed = interference.local?.afterwards?.(answer, this.#scope.exchanges.context(call, record))
      if (changed === undefined || changed === answer) continue
      if (interference.tookHold !== undefined) {
        interference.tookHold()
        record.fault(interference)
      }
      answer = changed
    }
    return answer
  }

  /** Gives the caller its answer when it is due. */
  #give(answer: LocalAnswer): unknown {
    const { delayMs, happenings, record } = this.#open
    happenings?.reached('acted')
    if (record.life.isOver) return this.#stop()
    if (delayMs <= 0) return this.#deliver(answer)
    return this.#wait(delayMs).then(() => this.#deliver(answer))
  }

  #deliver(answer: LocalAnswer): unknown {
    if ('silence' in answer) return this.#wait(Number.POSITIVE_INFINITY)
    if (!isReturned(answer)) return this.#throw(answer)
    const { value, lateMs = 0 } = answer
    if (lateMs <= 0) return this.#return(value)
    return new Promise((resolve) => {
      // The wait is the world's: an agent that has given the call up leaves nothing behind.
      this.#scope.world.clock.setExactTimer(() => resolve(this.#return(value)), lateMs).unref()
    })
  }

  #return(value: unknown): unknown {
    const reply = { status: 200, headers: {}, body: recordedText(value) }
    this.#end(() => this.#open.record.end(reply, opaqueReply))
    return this.#open.record.life.isOver ? this.#stop() : value
  }

  #throw({ thrown, atOnce }: Extract<LocalAnswer, { thrown: unknown }>): Promise<never> {
    const { record, call } = this.#open
    this.#end(() => (call.request.signal?.aborted === true ? record.aborted() : record.threw(causeOf(thrown))))
    if (record.life.isOver) return this.#stop()
    if (atOnce === true || this.#local.synchronous) throw thrown

    return Promise.reject(thrown)
  }

  /** The process was killed in the middle of the call: code that awaits gets no further, and other code is thrown out of. */
  #stop(): Promise<never> {
    if (this.#local.synchronous) throw new ProcessIsGone()
    return new Promise(() => {})
  }

  /** Waits in virtual time, unless the caller gives up first; an infinite delay ends only that way. */
  #wait(delayMs: number): Promise<void> {
    const { signal } = this.#open.call.request
    if (signal?.aborted === true) {
      this.#end(() => this.#open.record.aborted())

      return Promise.reject(signal.reason)
    }
    return new Promise((resolve, reject) => {
      const { clock } = this.#scope.world
      const timer = Number.isFinite(delayMs) ? clock.setExactTimer(() => resolve(), delayMs) : undefined
      this.#giveUp = (reason) => {
        timer?.close()

        reject(reason)
      }
    })
  }

  readonly #onAbort = (): void => {
    this.#end(() => this.#open.record.aborted())
    this.#giveUp?.(this.#signal?.reason)
  }

  /** The first word on a call counts. */
  #end(tell: () => void): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopListening()
    tell()
    this.#open.happenings?.reached('answered')
  }
}

/** A word for what was thrown, as a connection's failure has its code. */
function causeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `thrown ${thrown === null ? 'null' : typeof thrown}`
  const { code } = thrown as { code?: unknown }
  return typeof code === 'string' ? code : thrown.name
}
