import { epochMs } from '../../../src/contract/epoch.ts'
import type { RecordedHeaders } from '../../../src/contract/event.ts'
import type { Refusal } from '../../../src/contract/outcome.ts'
import { TraceBuilder } from '../_trace.ts'

/** A call under way: its task, and its ordinal. */
export interface OpenCall {
  readonly task: number
  readonly call: number
}

/** Writes traces in the words of a breaker: each call and each refusal is a task of its own, unless told otherwise. */
export class BreakerTrace {
  readonly trace = new TraceBuilder()
  #tasks = 0
  #now = 0
  #clockOffsetMs = 0

  wait(virtualMs: number): this {
    this.#now += virtualMs
    this.trace.after(virtualMs)
    return this
  }

  /** A task that calls, and is still waiting. */
  open(upstream = 'openai'): OpenCall {
    const task = this.#tasks++
    this.trace.begun(task)
    return { task, call: this.trace.model({}, { task, upstream }) }
  }

  answer({ task, call }: OpenCall, status: number, headers: RecordedHeaders = {}): this {
    if (status === 200) this.trace.reply(call)
    else this.trace.answer(call, status, { headers })
    this.trace.concluded({ stop: status === 200 ? 'end_turn' : 'llm_api_error', claims: { refusals: [] } }, task)
    return this
  }

  cancel({ task, call }: OpenCall): this {
    this.trace.cancelled(task).aborted(call).concluded({ stop: 'cancelled' }, task)
    return this
  }

  /** Whole calls, each of ten milliseconds unless told otherwise. */
  calls(...statuses: readonly number[]): this {
    for (const status of statuses) this.takes(10, status)
    return this
  }

  takes(virtualMs: number, status: number, upstream = 'openai', headers: RecordedHeaders = {}): this {
    const call = this.open(upstream)
    return this.wait(virtualMs).answer(call, status, headers)
  }

  /** A task whose calls the agent refused itself, one after another at these distances. */
  refuses(refusals: readonly (Partial<Refusal> & { readonly afterMs?: number })[] = [{}]): this {
    const task = this.#tasks++
    this.trace.begun(task)
    const told = refusals.map(({ afterMs = 0, ...refusal }) => {
      this.wait(afterMs)
      return { upstream: 'openai', by: 'breaker' as const, atMs: epochMs + this.#now + this.#clockOffsetMs, ...refusal }
    })
    this.trace.concluded({ answer: null, stop: 'llm_api_error', claims: { refusals: told } }, task)
    return this
  }

  /** The process is killed, with nothing under way, and another one takes its place at once. */
  killed(): this {
    this.trace.events.push({ type: 'process.killed', at: this.#now, tasks: [], calls: [] })
    this.trace.events.push({ type: 'process.restarted', at: this.#now })
    return this
  }

  /** The wall clock of the agent is set. */
  jumped(byMs: number): this {
    this.#clockOffsetMs += byMs
    const event = { type: 'clock.jumped', at: this.#now, byMs, offsetMs: this.#clockOffsetMs } as const
    this.trace.events.push(event)
    return this
  }

  healed(): this {
    this.trace.healed()
    return this
  }
}
