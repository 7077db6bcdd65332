import type {
  ProcessKilled,
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
  ResponseHead,
  TaskCancelled,
  TaskEnded,
  TaskStarted,
  TaskThrew,
} from '../../contract/event.ts'
import type { FallbackProfile } from '../../contract/fallback-profile.ts'
import type { PropertyFacts } from '../../contract/property.ts'
import { type Follower, sharedFollower } from '../follower.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { SummaryCalls } from '../summary-calls.ts'
import { MadeAnswers } from './made-answers.ts'
import { RefusalGrounds } from './refusal-grounds.ts'
import type { SourceCall } from './source-call.ts'
import { endCall, isUsable, sourceCall } from './source-call.ts'
import { SourceChain } from './source-chain.ts'
import { TaskLine } from './task-line.ts'

type CallEnd = ResponseEnd | RequestFailed | RequestAborted

type FallbackEvent =
  ProcessKilled | TaskStarted | TaskCancelled | TaskEnded | TaskThrew | RequestSent | ResponseHead | CallEnd

const ofTasks = ['task.started', 'task.cancelled', 'task.ended', 'task.threw'] as const
const ofCalls = ['request.sent', 'response.head', 'response.end', 'request.failed', 'request.aborted'] as const
const follows = [...ofTasks, ...ofCalls, 'process.killed' as const]

/** What an event came to: the task it belongs to and, for requests to models, the request. */
export interface Followed {
  readonly line: TaskLine
  readonly call: SourceCall | null
}

/** Follows what the tasks of a trial asked of which source; shared by all properties of the family. */
export class FallbackLedger implements Follower {
  readonly follows = follows
  /** What the latest event came to. */
  latest: Followed | null = null
  readonly profile: FallbackProfile
  readonly chain: SourceChain
  readonly grounds: RefusalGrounds
  readonly made = new MadeAnswers()
  readonly #lines = new Map<number, TaskLine>()
  /** The latest tasks by their id, those of processes that were killed among them. */
  readonly #byId: Map<string, TaskLine>
  readonly #isKept: boolean
  readonly #summaries: SummaryCalls
  readonly #open = new Map<number, SourceCall>()

  constructor(profile: FallbackProfile, { profile: whole }: PropertyFacts, before: FallbackLedger | null) {
    this.profile = profile
    this.chain = new SourceChain(profile.chain)
    this.grounds = new RefusalGrounds(whole, before?.grounds ?? null)
    this.#byId = new Map(before === null ? [] : before.#byId)
    this.#isKept = whole.persistence !== undefined
    this.#summaries = new SummaryCalls(whole)
  }

  follow(event: FallbackEvent): void {
    if (event.type === 'process.killed') return this.#killed(event)
    const line = this.#startOrFind(event)
    this.latest = { line, call: this.#follow(line, event) }
  }

  /** What its tasks were told can have been kept until now, and no later. */
  #killed({ tasks, at }: ProcessKilled): void {
    for (const task of tasks) {
      const line = this.#lines.get(task)
      if (line) line.endedAt ??= at
    }
  }

  #follow(line: TaskLine, event: Exclude<FallbackEvent, ProcessKilled>): SourceCall | null {
    switch (event.type) {
      case 'task.started':
        this.grounds.taskStarted()
        return null
      case 'task.cancelled':
        line.cancelledAt = event.at
        return null
      case 'task.ended':
        this.#noteOutcome(line, event)
        this.#taskOver(line, event)
        return null
      case 'task.threw':
        this.#taskOver(line, event)
        return null
      case 'request.sent':
        return this.#sent(line, event)
      case 'response.head':
        return this.#answering(event)
      default:
        return this.#ended(line, event)
    }
  }

  #sent(line: TaskLine, event: RequestSent): SourceCall | null {
    if (!event.model) return null
    this.grounds.sent(event)
    const places = this.chain.askedBy(event.upstream, event.model.model)
    const call = sourceCall(event, event.model, { places, isForSummary: this.#summaries.sent(event) })
    this.#open.set(event.call, call)
    line.sent(call)
    return call
  }

  #answering({ call, headers }: ResponseHead): null {
    const open = this.#open.get(call)
    if (open) open.isRetryAsked = headers['x-should-retry']?.trim().toLowerCase() === 'true'
    return null
  }

  #ended(line: TaskLine, event: CallEnd): SourceCall | null {
    const call = this.#open.get(event.call)
    if (!call) return null
    this.#open.delete(event.call)
    this.grounds.ended(event)
    endCall(call, event)
    line.ended(call, event.at)
    this.#noteAnswer(line, call, event.at)
    return call
  }

  #noteAnswer(line: TaskLine, call: SourceCall, at: number): void {
    const { content = null, toolCalls = [] } = call.reply ?? call.partial ?? {}
    if (!content?.trim() || toolCalls.length > 0) return
    this.made.note(content, { line, at, call: call.call, model: call.view.model, flaw: this.#flawOf(call) })
  }

  /** An answer that is not the primary's may be kept by mistake, and come back as if it were. */
  #noteOutcome(line: TaskLine, { at, outcome }: TaskEnded): void {
    const { answer, stop, claims } = outcome
    if (!answer?.trim()) return
    const isPrimary = (claims?.source ?? this.chain.primary) === this.chain.primary && claims?.degraded !== true
    if (isPrimary && stop === 'end_turn') return
    const flaw = isPrimary ? `a task that stopped with ${quote(stop)} gave` : 'was given as a degraded answer'
    this.made.note(answer, { line, at, call: null, model: null, flaw })
  }

  #taskOver(line: TaskLine, { at }: TaskEnded | TaskThrew): void {
    this.grounds.taskEnded()
    line.endedAt = at
  }

  #flawOf(call: SourceCall): string | null {
    if (!call.reply) return 'never became whole'
    if (!isUsable(call)) return `ended with ${quote(call.reply.finishReason)}`
    if (call.places.includes(0)) return null
    const place = call.places[0]
    return place === undefined ? 'no source of the chain gave' : `source ${quote(this.chain.nameOf(place))} gave`
  }

  /** The task that an event belongs to; one without a name, where its beginning was never seen. */
  lineOf({ task, at }: { readonly task: number; readonly at: number }): TaskLine {
    return getOrCreate(this.#lines, task, () => new TaskLine({ task, at, id: `#${task}`, input: '', user: null }))
  }

  #startOrFind(event: Exclude<FallbackEvent, ProcessKilled>): TaskLine {
    if (event.type !== 'task.started') return this.lineOf(event)
    const line = new TaskLine(event)
    const before = this.#byId.get(event.id)
    if (before && (event.resumed === true || this.#isKept)) line.resume(before)
    this.#byId.set(event.id, line)
    this.#lines.set(event.task, line)
    return line
  }
}

/** The ledger of a trial; null where no fallback is declared. */
export const fallbackLedgerOf = sharedFollower<FallbackLedger | null>((facts, before) => {
  const { fallback } = facts.profile
  return fallback ? new FallbackLedger(fallback, facts, before) : null
})
