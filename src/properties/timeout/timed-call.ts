import type { RequestSent, ToolRequestView } from '../../contract/event.ts'
import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { Profile } from '../../contract/profile.ts'
import { ownTimeout } from '../own-timeout.ts'

type Timeouts = NonNullable<Profile['timeouts']>

/** A time by which a call must have ended, and the declared bound that it comes from. */
export interface Due {
  readonly at: number
  /** Name of the bound in the profile, e.g. `modelMs`. */
  readonly bound: keyof Timeouts
  readonly ms: number
  /** When the time began to run. */
  readonly from: number
}

/** One task, as far as deadlines go. */
export interface TimedTask {
  readonly id: string
  readonly startedAt: number
  /** The first model request since the reply before; null before the first. */
  stepStartedAt: number | null
  /** Whether a whole reply has come, so that the next model request begins a step. */
  hasReply: boolean
  /** When the step can have begun at the earliest: a wait before its first request is seen by nobody. */
  stepMayStartAt: number
  cancelledAt: number | null
  endedAt: number | null
}

/** One call with what limits it. */
export interface TimedCall {
  readonly call: number
  readonly kind: UpstreamKind
  readonly upstream: string
  readonly tool: ToolRequestView | null
  readonly isStreamed: boolean
  readonly sentAt: number
  readonly task: TimedTask
  /** The bound on this attempt by itself; null where none is declared for its kind. */
  readonly own: Due | null
  /** The deadline of its step and the one of its task, where declared. */
  readonly outer: readonly Due[]
  headAt: number | null
  /** When the first, the last but one and the last piece of its reply were taken; null before. */
  firstPieceAt: number | null
  previousPieceAt: number | null
  lastPieceAt: number | null
  endedAt: number | null
  ending: 'open' | 'answered' | 'failed' | 'aborted'
}

/**
 * Begins to follow a call under the declared bounds.
 *
 * @param stepStartedAt when its step began at the latest; null where no step has begun that anybody saw
 */
export function timedCall(
  event: RequestSent,
  task: TimedTask,
  timeouts: Timeouts,
  stepStartedAt: number | null,
): TimedCall {
  const { call, kind, upstream, tool, model, at: sentAt } = event
  const due = (bound: keyof Timeouts, from: number | null): readonly Due[] => {
    const ms = timeouts[bound]
    return ms === undefined || from === null ? [] : [{ at: from + ms, bound, ms, from }]
  }
  const limit = ownTimeout({ timeouts }, event)
  const own = limit && { at: sentAt + limit.ms, from: sentAt, ...limit }
  return {
    ...{ call, kind, upstream, tool, task, sentAt, isStreamed: model?.stream ?? false, own },
    outer: [...due('stepMs', stepStartedAt), ...due('taskMs', task.startedAt)],
    ...{ headAt: null, firstPieceAt: null, previousPieceAt: null, lastPieceAt: null, endedAt: null, ending: 'open' },
  }
}

/** The earliest of all bounds on a call; null where none is declared. */
export function earliestDue({ own, outer }: TimedCall): Due | null {
  const [first, ...rest] = own ? [own, ...outer] : outer
  return first ? rest.reduce((earliest, due) => (due.at < earliest.at ? due : earliest), first) : null
}
