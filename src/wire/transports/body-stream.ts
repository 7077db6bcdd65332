import { listenForAbort } from '../../simulation/listen-for-abort.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import type { VirtualTimer } from '../../simulation/virtual-timer.ts'
import type { World } from '../../simulation/world.ts'
import { ConnectionFailure } from '../connection-failure.ts'
import type { Delivery } from '../delivery.ts'
import { bodyTimeout } from '../patience.ts'
import type { BodyChunk, TransportFailure } from '../reply.ts'

/** A connection that breaks does so a moment after its last bytes, for clients lose what they have not read by then. */
const failureAfterMs = 1

type Controller = ReadableStreamDefaultController<Uint8Array>

/**
 * The pieces of a delivery's body at their virtual times, then its ending.
 *
 * The upstream sends whether anybody reads or not: a reader who comes late finds what is due. The end comes with the
 * last piece. When the signal is aborted, the stream fails with its reason at that very moment, and when nothing comes
 * for longer than the client has patience, with its timeout.
 *
 * @param request whose signal and patience these are
 * @param asError puts a failure of the connection into the form that the client of the transport gets
 */
export function bodyStream(
  delivery: Delivery,
  world: World,
  request: Pick<NetworkRequest, 'signal' | 'patience'>,
  asError: (failure: ConnectionFailure) => Error = (failure) => failure,
): ReadableStream<Uint8Array> {
  return new ReadableStream(new BodySource(delivery, world, request, asError), { highWaterMark: 0 })
}

class BodySource {
  readonly #delivery: Delivery
  readonly #pieces: readonly BodyChunk[]
  readonly #world: World
  readonly #signal: AbortSignal | null
  readonly #patienceMs: number
  readonly #asError: (failure: ConnectionFailure) => Error
  #controller: Controller | undefined
  #next = 0
  #dueMs: number
  #isOver = false
  #timer: VirtualTimer | undefined
  #stopListening = (): void => {}

  constructor(
    delivery: Delivery,
    world: World,
    { signal, patience }: Pick<NetworkRequest, 'signal' | 'patience'>,
    asError: (failure: ConnectionFailure) => Error,
  ) {
    const { body } = delivery.reply
    this.#delivery = delivery
    this.#pieces = typeof body === 'string' ? [] : body
    this.#world = world
    this.#signal = signal
    this.#patienceMs = patience?.bodyMs ?? Number.POSITIVE_INFINITY
    this.#asError = asError
    this.#dueMs = world.clock.nowMs
  }

  start(controller: Controller): void {
    this.#controller = controller
    this.#stopListening = listenForAbort(this.#world, this.#signal, this.#onAbort)
    if (this.#signal?.aborted === true) this.#onAbort()
    else if (this.#pieces.length === 0 && this.#delivery.reply.ending === undefined) this.#finish()
  }

  pull(): void {
    const piece = this.#pieces[this.#next]
    if (piece === undefined) this.#finish()
    else this.#after(piece.afterMs, this.#deliver)
  }

  cancel(): void {
    this.#giveUp()
  }

  readonly #deliver = (): void => {
    const piece = this.#pieces[this.#next++]
    if (piece === undefined || this.#isOver) return
    this.#delivery.pieceTaken(piece.bytes.byteLength)
    this.#controller?.enqueue(piece.bytes)
    const { ending } = this.#delivery.reply
    if (this.#next === this.#pieces.length && ending === undefined) this.#finish()
  }

  /** Goes on so long after what came last; a client that has less patience gives up before. */
  #after(ms: number, goOn: () => void): void {
    const isTooLong = ms > this.#patienceMs
    this.#dueMs += isTooLong ? this.#patienceMs : ms
    const next = isTooLong ? () => this.#fail(bodyTimeout) : goOn
    const waitMs = this.#dueMs - this.#world.clock.nowMs
    if (waitMs <= 0) next()
    else if (Number.isFinite(waitMs)) this.#timer = this.#world.clock.setExactTimer(next, waitMs)
  }

  /** Comes to the end that the reply has: its proper one, sooner or later, a failure, or none at all. */
  #finish(): void {
    const { ending } = this.#delivery.reply
    if (ending === undefined) this.#end()
    else if ('lateMs' in ending) this.#after(ending.lateMs, () => this.#end())
    else if ('silence' in ending) this.#after(Number.POSITIVE_INFINITY, () => {})
    else this.#timer = this.#world.clock.setExactTimer(() => this.#fail(ending), failureAfterMs)
  }

  #end(): void {
    this.#close()
    this.#delivery.bodyEnded()
    this.#controller?.close()
  }

  #fail(failure: TransportFailure): void {
    this.#close()
    this.#delivery.bodyFailed(failure.failure)
    this.#controller?.error(this.#asError(new ConnectionFailure(failure)))
  }

  readonly #onAbort = (): void => {
    this.#giveUp()
    this.#controller?.error(this.#signal?.reason)
  }

  #giveUp(): void {
    if (this.#isOver) return
    this.#close()
    this.#delivery.bodyAborted()
  }

  #close(): void {
    this.#isOver = true
    this.#timer?.close()
    this.#stopListening()
  }
}
