import type { VirtualClock } from '../../simulation/virtual-clock.ts'
import type { BodyChunk } from '../reply.ts'

/** What is to be told of a delivery's end; exactly one of the two is called, once. */
export interface DeliveryEnd {
  /** The last piece has been taken. */
  readonly bodyEnded: () => void
  /** The reader, or the signal, gave the body up before. */
  readonly bodyAborted: () => void
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * Delivers the pieces of a body at their virtual times.
 *
 * An iterator written out, because a generator cannot be ended while it waits: a reader who cancels would leave the
 * timer behind.
 */
export class ChunkStream implements AsyncIterableIterator<Uint8Array> {
  readonly #chunks: readonly BodyChunk[]
  readonly #clock: VirtualClock
  readonly #signal: AbortSignal | null
  readonly #end: DeliveryEnd
  #next = 0
  #isOver = false
  #stopWaiting: (() => void) | undefined

  constructor(chunks: readonly BodyChunk[], clock: VirtualClock, signal: AbortSignal | null, end: DeliveryEnd) {
    this.#chunks = chunks
    this.#clock = clock
    this.#signal = signal
    this.#end = end
  }

  /** The next piece, once its time has come; rejects with the signal's reason where that ends the delivery. */
  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#isOver) return done
    const chunk = this.#chunks[this.#next++]
    if (chunk === undefined) {
      this.#isOver = true
      this.#end.bodyEnded()
      return done
    }
    if (chunk.afterMs > 0 && this.#signal?.aborted !== true) await this.#wait(chunk.afterMs)
    if (this.#signal?.aborted === true) {
      this.#giveUp()
      throw this.#signal.reason
    }
    return this.#isGivenUp() ? done : { done: false, value: chunk.bytes }
  }

  /** Ends the delivery early. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#giveUp()
    this.#stopWaiting?.()
    return done
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** A method, because the flag changes while a piece is waited for. */
  #isGivenUp(): boolean {
    return this.#isOver
  }

  #giveUp(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#end.bodyAborted()
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimer(() => finish(), delayMs)
      const finish = (): void => {
        timer.close()
        this.#signal?.removeEventListener('abort', finish)
        this.#stopWaiting = undefined
        resolve()
      }
      this.#stopWaiting = finish
      this.#signal?.addEventListener('abort', finish, { once: true })
    })
  }
}
