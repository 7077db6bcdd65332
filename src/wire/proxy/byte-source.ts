import type { Socket } from 'node:net'

/** Bytes kept for a reader that is slow; beyond them the sender has to wait. */
const highWaterBytes = 64 * 1024

/**
 * What a socket receives, read when it is wanted.
 *
 * The end of the connection is noticed while nobody reads, which a paused stream would not do; bytes read too far are
 * given back. What came before a reset is read before the failure is.
 */
export class ByteSource {
  readonly socket: Socket
  readonly #queue: Buffer[] = []
  #queuedBytes = 0
  #isEnded = false
  #isUnwanted = false
  #failure: Error | undefined
  #wake: (() => void) | undefined

  constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.on('end', () => this.#settle())
    socket.on('error', (error) => this.#settle(error))
    socket.on('close', () => this.#settle())
  }

  /** Whether the other side sends no more, or the connection is lost; there may be bytes left to read. */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /** Why the connection was lost; undefined for one that is open, or was closed in order. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /**
   * The next bytes; null where the other side has ended. One reader at a time.
   *
   * Rejects with the error of a connection that was lost.
   */
  async read(): Promise<Buffer | null> {
    while (this.#queue.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    const bytes = this.#queue.shift()
    if (bytes === undefined) {
      if (this.#failure !== undefined) throw this.#failure
      return null
    }
    this.#queuedBytes -= bytes.length
    if (this.#queuedBytes < highWaterBytes && this.socket.isPaused()) this.socket.resume()
    return bytes
  }

  /** Gives bytes back that belong to the next reader. */
  unread(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#queue.unshift(bytes)
    this.#queuedBytes += bytes.length
  }

  /** Lets everything go by from here on: a socket with unread bytes would be reset when it is closed. */
  discard(): void {
    this.#isUnwanted = true
    this.#queue.length = 0
    this.#queuedBytes = 0
    this.socket.resume()
  }

  #take(bytes: Buffer): void {
    if (this.#isUnwanted) return
    this.#queue.push(bytes)
    this.#queuedBytes += bytes.length
    if (this.#queuedBytes >= highWaterBytes) this.socket.pause()
    this.#wake?.()
  }

  #settle(failure?: Error): void {
    this.#isEnded = true
    this.#failure ??= failure
    this.#wake?.()
  }
}
