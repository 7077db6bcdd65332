import type { CallRecord } from './call-record.ts'
import type { Reply } from './reply.ts'

/**
 * An answer on its way to the client.
 *
 * A body in pieces is delivered by a transport, which tells of each piece and then, once, of the end.
 */
export class Delivery {
  readonly reply: Reply
  readonly #record: CallRecord
  readonly #onOver: (() => void) | undefined
  #taken = 0
  #isOver = false

  /** @param onOver called once the caller has all that there is, whether the connection held or not */
  constructor(reply: Reply, record: CallRecord, onOver?: () => void) {
    this.reply = reply
    this.#record = record
    this.#onOver = onOver
  }

  /** Whether something is to happen so many steps of promises after it is over. */
  get isWatched(): boolean {
    return this.#onOver !== undefined
  }

  /** The client took the next piece. */
  pieceTaken(bytes: number): void {
    this.#record.piece(this.#taken++, bytes)
  }

  /** The body ended as it should; of its ends, only the first counts. */
  bodyEnded(): void {
    if (!this.#ends()) return
    this.#record.end(this.reply)
    this.#onOver?.()
  }

  /** The connection failed after the pieces that were taken. */
  bodyFailed(cause: string): void {
    if (!this.#ends()) return
    this.#record.failed(cause, this.#come())
    this.#onOver?.()
  }

  /** The client gave the rest of the body up: of a stream that is whole without it, it has all that there is. */
  bodyAborted(): void {
    if (this.#ends() && this.#record.aborted(this.#come())) this.#onOver?.()
  }

  #ends(): boolean {
    const isFirst = !this.#isOver
    this.#isOver = true
    return isFirst
  }

  #come(): Reply {
    const { body } = this.reply
    return typeof body === 'string' ? this.reply : { ...this.reply, body: body.slice(0, this.#taken) }
  }
}
