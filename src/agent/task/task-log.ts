import type { Refusal, ReportedError } from './claims.ts'
import type { Conversation } from '../messages/conversation.ts'
import { apiErrorOf } from '../errors/api-error.ts'
import { noUsage } from '../events/usage-total.ts'
import type { PastCall } from '../rules/allowed-tools.ts'
import type { RefusedError } from '../errors/refused-error.ts'

/** What happened in one task that its outcome has to tell. */
export class TaskLog {
  readonly refusals: Refusal[] = []
  /** Whether the model asked for any tool, so that the answer depends on more than the question. */
  usedTools = false
  /** Whether the model refused to answer. */
  modelRefused = false
  /** The calls that ran, oldest first. */
  readonly calls: PastCall[] = []
  /** The last step that began, from 1. */
  step = 0
  /** The tokens of all replies so far. */
  usage = noUsage
  /** Replies in a row of which no call could be made. */
  invalidReplies = 0
  /** Answers so far that did not fit the format that was asked for; begins anew where the run is taken up. */
  unfitAnswers = 0
  /** The conversation with the primary, as of the last step that began. */
  conversation: Conversation = []
  /** When that step's time is up, by `performance.now()`. */
  stepEndsAtMs = Infinity
  #failure: ReportedError | null = null

  /** The failure of the model call that is yet unanswered; null after an answer. */
  get failure(): ReportedError | null {
    return this.#failure
  }

  /** The agent did not let a call through. */
  refused(upstream: string, { by, retryAfterMs }: RefusedError): void {
    this.refusals.push({ upstream, by, atMs: Date.now(), ...(retryAfterMs === null ? {} : { retryAfterMs }) })
  }

  /** A model call was given up; one that was sent tells more than one that was not. */
  failed(upstream: string, attempts: number, lastError: unknown): void {
    if (attempts === 0 && this.#failure !== null) return
    const answer = apiErrorOf(lastError)
    this.#failure = { upstream, status: answer?.status ?? null, code: answer?.codes[0] ?? null, attempts }
  }

  /** The model has answered: what failed before is overcome. */
  answered(): void {
    this.#failure = null
  }
}
