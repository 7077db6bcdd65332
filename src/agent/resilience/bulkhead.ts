import { interruptionOf } from '../errors/interruption.ts'
import type { BulkheadSettings } from './resilience-options.ts'

interface Waiter {
  readonly enter: () => void
}

/**
 * A pool of slots with a bounded queue, first come, first served.
 *
 * A slot that comes back is handed to the first waiter at once, so that no newcomer overtakes. A waiter whose signal
 * is aborted leaves the queue at that moment, and its place is free again.
 */
export class Bulkhead {
  readonly #settings: BulkheadSettings
  readonly #queue: Waiter[] = []
  #taken = 0

  constructor(settings: BulkheadSettings) {
    this.#settings = settings
  }

  /**
   * Takes a slot, or a place in the queue for one; null where both are used up.
   *
   * The promise resolves once the slot is taken, and rejects with the signal's interruption before that.
   */
  enter(signal: AbortSignal): Promise<void> | null {
    const { maxConcurrent, maxQueued } = this.#settings
    if (signal.aborted) return Promise.reject(interruptionOf(signal))
    if (this.#taken < maxConcurrent) {
      this.#taken += 1
      return Promise.resolve()
    }
    return this.#queue.length < maxQueued ? this.#wait(signal) : null
  }

  /** Gives a slot back; to be called once for each that was taken. */
  leave(): void {
    const next = this.#queue.shift()
    if (next) next.enter()
    else this.#taken -= 1
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1)
        reject(interruptionOf(signal))
      }
      const waiter: Waiter = {
        enter: () => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      this.#queue.push(waiter)
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }
}
