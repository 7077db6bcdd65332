import { TimerHeap } from './timer-heap.ts'
import type { Lateness } from './lateness.ts'
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
  #wallOffsetMs = 0
  #lateness: Lateness | undefined
  #firing: VirtualTimer | undefined

  get nowMs(): number {
    return this.#nowMs
  }

  /** What the wall clock shows, from the same start; it can be set forward and back, which no timer feels. */
  get wallMs(): number {
    return this.#nowMs + this.#wallOffsetMs
  }

  /** Sets the wall clock forward, or back by a negative number; returns by how much it is off altogether. */
  jumpWall(byMs: number): number {
    this.#wallOffsetMs += byMs
    return this.#wallOffsetMs
  }

  /** Lets time pass in which nothing fires: what falls due meanwhile does so late, in its order. */
  pass(durationMs: number): void {
    this.#nowMs += durationMs
  }

  /** Makes timers fire late, as systems do to save power; only the last lateness counts, also for timers set before. */
  fireLate(lateness: Lateness): void {
    this.#lateness = lateness
    for (const timer of this.#heap.values().filter(({ isExact }) => !isExact)) {
      this.#heap.remove(timer)
      lateness.delay(timer)
      this.#heap.push(timer)
    }
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

  /** Sets a timer of the world itself, which is never late: an answer, an arrival, a happening. */
  setExactTimer(callback: () => void, delayMs: number): VirtualTimer {
    const timer = new VirtualTimer(this, callback, normaliseDelay(delayMs), false, [])
    timer.isExact = true
    this.schedule(timer)
    return timer
  }

  /** Puts a timer into the heap, one delay from now; a stopped clock takes none. */
  schedule(timer: VirtualTimer): void {
    this.#heap.remove(timer)
    if (this.#isStopped) return
    timer.dueMs = this.#nowMs + timer.delayMs
    timer.order = this.#order++
    timer.isLate = false
    if (this.#lateness !== undefined && !timer.isExact) this.#lateness.delay(timer)
    this.#heap.push(timer)
  }

  cancel(timer: VirtualTimer): void {
    timer.isCancelled = true
    this.#heap.remove(timer)
  }

  /** Cancels every timer of a kind, and the one that is firing, which may be an interval, if it is of that kind. */
  cancelAll(isOfKind: (timer: VirtualTimer) => boolean): void {
    const timers = [...this.#heap.values(), ...(this.#firing === undefined ? [] : [this.#firing])]
    for (const timer of timers.filter(isOfKind)) this.cancel(timer)
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
    this.#firing = timer
    if (timer.isLate) this.#lateness?.onLate()
    try {
      timer.fire()
    } finally {
      this.#firing = undefined
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
