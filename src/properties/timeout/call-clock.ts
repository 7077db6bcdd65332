import type {
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseChunk,
  ResponseEnd,
  ResponseHead,
  TaskCancelled,
  TaskEnded,
  TaskStarted,
  TaskThrew,
} from '../../contract/event.ts'
import type { Profile } from '../../contract/profile.ts'
import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import { type Follower, sharedFollower } from '../follower.ts'
import { getOrCreate } from '../get-or-create.ts'
import type { TimedCall, TimedTask } from './timed-call.ts'
import { timedCall } from './timed-call.ts'

type ClockEvent =
  | TaskStarted
  | TaskCancelled
  | TaskEnded
  | TaskThrew
  | RequestSent
  | ResponseHead
  | ResponseChunk
  | ResponseEnd
  | RequestFailed
  | RequestAborted

const ofTasks = ['task.started', 'task.cancelled', 'task.ended', 'task.threw'] as const
const ofCalls = [
  'request.sent',
  'response.head',
  'response.chunk',
  'response.end',
  'request.failed',
  'request.aborted',
] as const
/** What a reply asks for, a question about it and a handshake for it included: part of the step of that reply. */
const ofReply: ReadonlySet<UpstreamKind> = new Set(['tool', 'mcp', 'approval', 'policy'])
const follows = [...ofTasks, ...ofCalls]

/** What an event came to. */
export interface Clocked {
  readonly task: TimedTask
  /** The call that the event belongs to; null for events of tasks, and of calls that were never sent. */
  readonly call: TimedCall | null
}

/** Follows how long the calls of a trial are under way and which deadlines they have; one for all properties. */
export class CallClock implements Follower {
  readonly follows = follows
  /** What the latest event came to. */
  latest: Clocked | null = null
  /** Calls that are under way, by their ordinal. */
  readonly open = new Map<number, TimedCall>()
  readonly #timeouts: NonNullable<Profile['timeouts']>
  readonly #tasks = new Map<number, TimedTask>()
  readonly #calls = new Map<number, TimedCall>()

  constructor(timeouts: NonNullable<Profile['timeouts']>) {
    this.#timeouts = timeouts
  }

  follow(event: ClockEvent): void {
    const task = this.#taskOf(event)
    this.latest = { task, call: this.#follow(task, event) }
  }

  #follow(task: TimedTask, event: ClockEvent): TimedCall | null {
    switch (event.type) {
      case 'task.started':
        return null
      case 'task.cancelled':
        task.cancelledAt = event.at
        return null
      case 'task.ended':
      case 'task.threw':
        task.endedAt = event.at
        return null
      case 'request.sent':
        return this.#sent(task, event)
      case 'response.head':
      case 'response.chunk':
        return this.#piece(event)
      default:
        return this.#ended(task, event)
    }
  }

  #sent(task: TimedTask, event: RequestSent): TimedCall {
    if (event.model && (task.hasReply || task.stepStartedAt === null)) {
      task.stepStartedAt = event.at
      task.hasReply = false
    }
    const call = timedCall(event, task, this.#timeouts, this.#stepStart(task, event))
    this.#calls.set(event.call, call)
    this.open.set(event.call, call)
    return call
  }

  /** When the step that a call belongs to began, at the latest. */
  #stepStart(task: TimedTask, { kind, tool, at }: RequestSent): number | null {
    if (!task.hasReply || ofReply.has(kind) || tool !== null) return task.stepStartedAt
    for (const open of this.open.values()) {
      if (open.task === task && (ofReply.has(open.kind) || open.tool !== null)) return task.stepStartedAt
    }
    // The next step may have begun, before its model request: an agent reads its memory first.
    return at
  }

  #piece(event: ResponseHead | ResponseChunk): TimedCall | null {
    const call = this.#calls.get(event.call) ?? null
    if (!call || call.endedAt !== null) return call
    if (event.type === 'response.head') {
      call.headAt ??= event.at
      return call
    }
    call.firstPieceAt ??= event.at
    call.previousPieceAt = call.lastPieceAt
    call.lastPieceAt = event.at
    return call
  }

  #ended(task: TimedTask, event: ResponseEnd | RequestFailed | RequestAborted): TimedCall | null {
    const call = this.#calls.get(event.call) ?? null
    if (event.type === 'response.end' && event.model) {
      task.hasReply = true
      task.stepMayStartAt = event.at
    }
    if (!call || call.endedAt !== null) return call
    this.open.delete(event.call)
    call.endedAt = event.at
    if (event.type === 'response.end') call.ending = 'answered'
    else call.ending = event.type === 'request.failed' ? 'failed' : 'aborted'
    return call
  }

  #taskOf(event: ClockEvent): TimedTask {
    const create = (): TimedTask => ({
      ...{ id: 'id' in event ? event.id : `#${event.task}`, startedAt: event.at, stepStartedAt: null, hasReply: false },
      stepMayStartAt: event.at,
      ...{ cancelledAt: null, endedAt: null },
    })
    if (event.type !== 'task.started') return getOrCreate(this.#tasks, event.task, create)
    const task = create()
    this.#tasks.set(event.task, task)
    return task
  }
}

/** The clock of a trial; null where no timeouts are declared. */
export const callClockOf = sharedFollower(({ profile: { timeouts = {} } }) =>
  Object.keys(timeouts).length === 0 ? null : new CallClock(timeouts),
)
