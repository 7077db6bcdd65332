import { TimerHeap } from './timer-heap.ts'
import { type TimerOwner, VirtualTimer, normaliseDelay } from './virtual-timer.ts'

/**
 * Time that passes only when it is told to.
 *
 * Timers fire one at a time in the order of their due times, first in first out at equal times, and `nowMs` equals
 * the due time while a callback runs. Whole milliseconds, from 0.
 */
export class VirtualClock implements TimerOwner {
  #nowMs = 0
  #order = 0
  readonly #heap = new TimerHeap<VirtualTimer>()
  #byIdentifier: Map<number, VirtualTimer> | undefined
  #isStopped = false

  get nowMs(): number {
    return this.#nowMs
  }

  /** Due time of the next timer, or undefined where none is set. */
  get nextDueMs(): number | undefined {
    return this.#heap.peek()?.dueMs
  }

  /** Timers that are set and have not fired. */
  get pending(): readonly VirtualTimer[] {
    return this.#heap.values()
  }

  setTimer(
    callback: (...args: unknown[]) => void,
    delayMs: unknown,
    args: readonly unknown[] = [],
    repeats = false,
  ): VirtualTimer {
    const timer = new VirtualTimer(this, callback, normaliseDelay(delayMs), repeats, args)
    this.schedule(timer)
    return timer
  }

  /** Puts a timer into the heap, one delay from now; a stopped clock takes none. */
  schedule(timer: VirtualTimer): void {
    this.#heap.remove(timer)
    if (this.#isStopped) return
    timer.dueMs = this.#nowMs + timer.delayMs
    timer.order = this.#order++
    this.#heap.push(timer)
  }

  cancel(timer: VirtualTimer): void {
    timer.isCancelled = true
    this.#heap.remove(timer)
  }

  /** A number that stands for the timer, for code that stores ids; only timers asked for one are kept by id. */
  identify(timer: VirtualTimer): number {
    this.#byIdentifier ??= new Map()
    timer.identifier ??= this.#byIdentifier.size + 1
    this.#byIdentifier.set(timer.identifier, timer)
    return timer.identifier
  }

  /** The timer behind whatever `clearTimeout` was given; undefined for what this clock never made. */
  find(timerOrIdentifier: unknown): VirtualTimer | undefined {
    if (timerOrIdentifier instanceof VirtualTimer) return timerOrIdentifier
    return this.#byIdentifier?.get(Number(timerOrIdentifier))
  }

  /** Advances to the next due timer and fires it; false where none is set. */
  fireNext(): boolean {
    const timer = this.#heap.peek()
    if (timer === undefined) return false
    this.#heap.remove(timer)
    this.#nowMs = Math.max(this.#nowMs, timer.dueMs)
    try {
      timer.fire()
    } finally {
      if (timer.repeats && timer.slot < 0 && !timer.isCancelled) this.schedule(timer)
    }
    return true
  }

  /** Drops every timer and takes no further one, so that leftovers of a trial reach nothing. */
  stop(): void {
    this.#isStopped = true
    this.#heap.clear()
  }
}
