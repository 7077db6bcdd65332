import { AsyncResource } from 'node:async_hooks'
import type { Scheduled } from './timer-heap.ts'

/** Node's own bounds: a delay below 1 ms, above 2³¹−1 ms or not a number becomes 1 ms; fractions are cut off. */
export function normaliseDelay(delayMs: unknown): number {
  const delay = Number(delayMs)
  return delay >= 1 && delay <= 2_147_483_647 ? Math.trunc(delay) : 1
}

/** What a timer asks of the clock that made it. */
export interface TimerOwner {
  schedule(timer: VirtualTimer): void
  cancel(timer: VirtualTimer): void
  identify(timer: VirtualTimer): number
}

/**
 * A timer of the virtual clock, with the methods of Node's `Timeout`.
 *
 * It is an async resource of its own, so that its callback sees the `AsyncLocalStorage` of whoever set it.
 */
export class VirtualTimer extends AsyncResource implements Scheduled {
  dueMs = 0
  order = 0
  slot = -1
  /** The number that stands for the timer, once somebody has asked for it. */
  identifier: number | undefined
  /** Set by `close`, so that an interval cancelled inside its own callback is not set again. */
  isCancelled = false
  /** Whether it is a timer of the world itself, and so never late. */
  isExact = false
  /** Whether it fires later than it should. */
  isLate = false
  readonly delayMs: number
  readonly repeats: boolean
  readonly #clock: TimerOwner
  readonly #callback: (...args: unknown[]) => void
  readonly #args: readonly unknown[]
  #isReferenced = true

  constructor(
    clock: TimerOwner,
    callback: (...args: unknown[]) => void,
    delayMs: number,
    repeats: boolean,
    args: readonly unknown[],
  ) {
    // Destroyed by hand means: not tracked by the garbage collector, which would cost more than the timer.
    super('Timeout', { requireManualDestroy: true })
    this.#clock = clock
    this.#callback = callback
    this.delayMs = delayMs
    this.repeats = repeats
    this.#args = args
  }

  /** Runs the callback in the async context of whoever set the timer. */
  fire(): void {
    this.runInAsyncScope(this.#callback, this, ...this.#args)
  }

  ref(): this {
    this.#isReferenced = true
    return this
  }

  unref(): this {
    this.#isReferenced = false
    return this
  }

  hasRef(): boolean {
    return this.#isReferenced
  }

  /** Starts the delay anew, also after the timer has fired. */
  refresh(): this {
    if (!this.isCancelled) this.#clock.schedule(this)
    return this
  }

  close(): this {
    this.#clock.cancel(this)
    return this
  }

  [Symbol.toPrimitive](): number {
    return this.#clock.identify(this)
  }

  [Symbol.dispose](): void {
    this.close()
  }
}
