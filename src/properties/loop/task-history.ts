import type {
  ApprovalAsked,
  ModelReplyView,
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
} from '../../contract/event.ts'
import { isContextOverflow } from '../context-overflow.ts'

/** A model call of a task, as far as it has come. */
export interface ModelCall {
  readonly call: number
  readonly sentAt: number
  /** How it ended, in words; null while it is open. */
  ending: string | null
  succeeded: boolean
  overflowed: boolean
  reply: ModelReplyView | null
}

/** What happened in one task that its stop reason could be true of. */
export class TaskHistory {
  startedAt = 0
  isCancelled = false
  /** Whether it was handed over again, so that it may stop for what it was told before. */
  isResumed = false
  /** Whether the call that settled last, of whatever kind, did not succeed. */
  endedBadly = false
  replies = 0
  lastReply: ModelCall | null = null
  lastError: ModelCall | null = null
  /** Approvals asked for and not yet decided, by call; `pending` leaves one undecided. */
  readonly undecided = new Map<number, ApprovalAsked>()
  asked = 0
  #lastSent: ModelCall | null = null
  /** The call that settled last since the last one was sent; another one than that where calls overlap. */
  #lastSettled: ModelCall | null = null
  readonly #open = new Map<number, ModelCall>()

  sent(event: RequestSent): void {
    const { call, at } = event
    this.#lastSent = { call, sentAt: at, ending: null, succeeded: false, overflowed: false, reply: null }
    this.#lastSettled = null
    this.#open.set(call, this.#lastSent)
  }

  answered(event: ResponseEnd): void {
    const call = this.#settle(event.call)
    if (!call) return
    call.ending = `was answered ${event.status}`
    call.succeeded = event.class === 'success' && event.model !== null
    call.overflowed = isContextOverflow(event)
    call.reply = event.model
    if (!call.succeeded) this.lastError = call
    if (!event.model) return
    this.replies += 1
    this.lastReply = call
  }

  broke(event: RequestFailed | RequestAborted): void {
    const call = this.#settle(event.call)
    if (!call) return
    call.ending = event.type === 'request.failed' ? `failed with ${event.cause}` : 'was given up unanswered'
    this.lastError = call
  }

  /** The calls that may count as the last one: where calls overlap, the one sent last or the one settled last. */
  lastCalls(): readonly ModelCall[] {
    const sent = this.#lastSent
    const settled = this.#lastSettled
    return [...(sent ? [sent] : []), ...(settled && settled !== sent ? [settled] : [])]
  }

  #settle(number: number): ModelCall | undefined {
    const call = this.#open.get(number)
    if (!call) return undefined
    this.#open.delete(number)
    this.#lastSettled = call
    return call
  }
}
