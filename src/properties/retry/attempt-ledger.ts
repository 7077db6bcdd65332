import type {
  ModelRequestView,
  RecordedHeaders,
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
  ResponseHead,
  ToolRequestView,
} from '../../contract/event.ts'
import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { OutcomeClass } from '../../contract/outcome-class.ts'
import { type Follower, sharedFollower } from '../follower.ts'
import { getOrCreate } from '../get-or-create.ts'
import { isFileStatement } from '../is-file-statement.ts'

/** One attempt of a logical call, as far as it has come. */
export interface Attempt {
  readonly call: number
  readonly task: number
  readonly kind: UpstreamKind
  readonly upstream: string
  readonly tool: ToolRequestView | null
  readonly model: ModelRequestView | null
  readonly method: string
  readonly url: string
  readonly body: string
  readonly idempotencyKey: string | null
  /** Ordinal in its logical call, from 1. */
  readonly attempt: number
  readonly previous: Attempt | null
  readonly sentAt: number
  endedAt: number | null
  /** `answered` whole, `failed` below HTTP, `aborted` by the caller; a status may be known in each case. */
  ending: 'open' | 'answered' | 'failed' | 'aborted'
  class: OutcomeClass | null
  status: number | null
  headers: RecordedHeaders
  errorCode: string | null
  /** Whether it was refused for a limit of the whole day, which no code tells. */
  isDaySpent: boolean
  cause: string | null
  /** Text of a reply that came whole; null where none did. */
  content: string | null
  /** Text that had come of a reply that never became whole; null where nothing had. */
  partialContent: string | null
  readonly asking: number
  /** Whether the model's latest reply asked for the same call of this tool more than once. */
  readonly isAskedTwice: boolean
}

type AttemptEvent = RequestSent | ResponseHead | ResponseEnd | RequestFailed | RequestAborted

const follows = ['request.sent', 'response.head', 'response.end', 'request.failed', 'request.aborted'] as const

interface Asked {
  /** How many replies of the model have asked for the tool. */
  times: number
  /** Whether the latest of them asked for the same call twice: then equal bodies are no sign of a retry. */
  repeated: boolean
}

const noHeaders: RecordedHeaders = {}

/** Bedrock's words: its daily limit has the code, and even the advice, of the one of a minute (faults.md, section 1). */
const daySpent = /"Too many tokens per day\b/

/**
 * Follows the attempts of a trial and says which of them repeat which.
 *
 * The trace joins equal bodies after a failure to one logical call. For tools that is too much: where a model asks
 * for the same call again, having seen the first one fail, the agent obeys and does not retry. Statements on files
 * are no attempts at all.
 */
export class AttemptLedger implements Follower {
  readonly follows = follows
  /** The attempt that the latest event began or ended, if any. */
  latest: Attempt | null = null
  readonly #attempts = new Map<number, Attempt>()
  readonly #asked = new Map<string, Asked>()
  /** Whole replies of models, by task: what is asked again after one begins a new round. */
  readonly #replies = new Map<number, number>()

  follow(event: AttemptEvent): void {
    this.latest = this.#follow(event)
  }

  #follow(event: AttemptEvent): Attempt | null {
    switch (event.type) {
      case 'request.sent':
        return this.#sent(event)
      case 'response.head':
        return this.#head(event)
      case 'response.end':
        return this.#answered(event)
      default:
        return this.#broke(event)
    }
  }

  #sent(event: RequestSent): Attempt | null {
    if (isFileStatement(event)) return null
    const { call, task, kind, upstream, tool, model, method, url, body, idempotencyKey, at } = event
    const asked = tool && this.#asked.get(`${event.task} ${tool.name}`)
    const asking = (kind === 'model' ? this.#replies.get(event.task) : asked?.times) ?? 0
    const before = event.previous === null ? undefined : this.#attempts.get(event.previous)
    const previous = before && asking === before.asking && !asked?.repeated ? before : null
    const attempt: Attempt = {
      call,
      task,
      kind,
      upstream,
      tool,
      model,
      method,
      url,
      body,
      idempotencyKey,
      previous,
      asking,
      sentAt: at,
      attempt: (previous?.attempt ?? 0) + 1,
      endedAt: null,
      ending: 'open',
      class: null,
      status: null,
      headers: noHeaders,
      errorCode: null,
      isDaySpent: false,
      cause: null,
      content: null,
      partialContent: null,
      isAskedTwice: asked?.repeated ?? false,
    }
    this.#attempts.set(call, attempt)
    return attempt
  }

  #head(event: ResponseHead): null {
    const attempt = this.#attempts.get(event.call)
    if (attempt) {
      attempt.status = event.status
      attempt.headers = event.headers
    }
    return null
  }

  #answered(event: ResponseEnd): Attempt | null {
    this.#noteAsked(event)
    const attempt = this.#attempts.get(event.call)
    if (!attempt) return null
    attempt.status = event.status
    attempt.errorCode = event.errorCode
    attempt.isDaySpent = event.status === 429 && daySpent.test(event.body)
    attempt.content = event.model?.content ?? null
    return end(attempt, 'answered', event)
  }

  #broke(event: RequestFailed | RequestAborted): Attempt | null {
    const attempt = this.#attempts.get(event.call)
    if (!attempt) return null
    if (event.type === 'request.aborted') return end(attempt, 'aborted', event)
    attempt.cause = event.cause
    return end(attempt, 'failed', event)
  }

  #noteAsked(event: ResponseEnd): void {
    if (event.model) this.#replies.set(event.task, (this.#replies.get(event.task) ?? 0) + 1)
    const toolCalls = event.model?.toolCalls ?? []
    for (const [index, { name, arguments: text }] of toolCalls.entries()) {
      const asked = getOrCreate(this.#asked, `${event.task} ${name}`, () => ({ times: 0, repeated: false }))
      const before = toolCalls.slice(0, index).filter((other) => other.name === name)
      if (before.length === 0) {
        asked.times += 1
        asked.repeated = false
      } else if (before.some((other) => withoutSpace(other.arguments) === withoutSpace(text))) asked.repeated = true
    }
  }
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '')
}

type End = ResponseEnd | RequestFailed | RequestAborted

function end(attempt: Attempt, ending: Attempt['ending'], event: End): Attempt {
  attempt.ending = ending
  attempt.partialContent = event.partial?.content ?? null
  attempt.endedAt = event.at
  attempt.class = event.class
  return attempt
}

/** The ledger of a trial, shared by every property that follows attempts. */
export const attemptLedgerOf = sharedFollower(() => new AttemptLedger())
