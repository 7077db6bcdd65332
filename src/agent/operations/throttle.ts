import { z } from 'zod'
import { Bulkhead } from '../resilience/bulkhead.ts'
import { longestTimerMs } from '../resilience/resilience-options.ts'
import { sleep } from '../resilience/sleep.ts'

export const throttleSchema = z.strictObject({
  maxConcurrent: z.int().min(1).default(1),
  /** Tasks that may wait; one more is refused at once. */
  maxQueued: z.int().min(0).default(100),
  /** Between the beginnings of two tasks at least, in milliseconds. */
  gapMs: z.int().min(0).max(longestTimerMs).default(0),
})

/** Lets tasks begin one after another, not too many at once and not too soon after each other. */
export class Throttle {
  readonly #bulkhead: Bulkhead
  readonly #gapMs: number
  #nextStartMs = -Infinity

  constructor({ maxConcurrent, maxQueued, gapMs }: z.output<typeof throttleSchema>) {
    this.#bulkhead = new Bulkhead({ maxConcurrent, maxQueued })
    this.#gapMs = gapMs
  }

  /**
   * Runs a task in its turn; null where too many are waiting already.
   *
   * @throws what interrupts the signal before its turn, or what the task throws
   */
  async run<Result>(signal: AbortSignal, task: () => Promise<Result>): Promise<Result | null> {
    const entering = this.#bulkhead.enter(signal)
    if (entering === null) return null
    await entering
    try {
      const nowMs = performance.now()
      const startMs = Math.max(nowMs, this.#nextStartMs)
      this.#nextStartMs = startMs + this.#gapMs
      if (startMs > nowMs) await sleep(startMs - nowMs, signal)
      return await task()
    } finally {
      this.#bulkhead.leave()
    }
  }
}
