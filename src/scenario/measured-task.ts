import type { TraceEvent, TrialEnd } from '../contract/event.ts'
import type { Task } from '../contract/task.ts'
import { isToolCall } from '../contract/tool-call.ts'

/** What became of one task of a measured trial. */
export interface MeasuredTask {
  readonly task: Task
  /** Index in the workload of the trial. */
  readonly index: number
  /** Why it is not counted; null where it is. */
  readonly excluded: string | null
  /** Null for a solved task, else what is wrong. */
  readonly problem: string | null
  /** It stopped at its deadline, hung, or gave up waiting for a call. */
  readonly timedOut: boolean
  /** Tool calls; attempts of one logical call are one. */
  readonly toolCalls: number
  /** Virtual milliseconds from its start to its end; null where it never ended. */
  readonly latencyMs: number | null
}

/** A trial as far as its tasks go. */
interface MeasuredTrial {
  readonly tasks: readonly Task[]
  readonly cancellations: ReadonlySet<number>
  readonly events: readonly TraceEvent[]
  readonly how: TrialEnd
}

/** How a trial ends in which somebody waits for ever. */
const hangs: ReadonlySet<TrialEnd> = new Set(['stalled', 'expired', 'blocked'])

interface Notes {
  startedMs: number | null
  isCancelled: boolean
  endedMs: number | null
  problem: string | null
  hasGivenUp: boolean
  toolCalls: number
}

/**
 * Reads from the trace what became of each task of a trial.
 *
 * A task that the workload cancels has nothing to solve. It is left out also where the cancellation came too late: slow
 * tasks are cancelled more often than fast ones, and counting the fast ones alone would flatter the agent.
 */
export function measuredTasks({ tasks, cancellations, events, how }: MeasuredTrial): MeasuredTask[] {
  const notes = tasks.map(emptyNotes)
  for (const event of events) {
    const noted = 'task' in event ? notes[event.task] : undefined
    if (noted !== undefined) note(noted, event)
  }
  return tasks.map((task, index) => {
    const { startedMs, endedMs, problem, hasGivenUp, toolCalls, isCancelled } = notes[index] ?? emptyNotes()
    return {
      task,
      index,
      excluded: excludedBecause(cancellations.has(index), isCancelled),
      problem,
      timedOut: hasGivenUp || (endedMs === null && hangs.has(how)),
      toolCalls,
      latencyMs: endedMs === null ? null : Math.round(endedMs - (startedMs ?? 0)),
    }
  })
}

function excludedBecause(isToBeCancelled: boolean, isCancelled: boolean): string | null {
  if (isToBeCancelled) return 'to be cancelled by the workload'
  return isCancelled ? 'aborted by a fault' : null
}

function emptyNotes(): Notes {
  return {
    startedMs: null,
    isCancelled: false,
    endedMs: null,
    problem: 'the task did not end',
    hasGivenUp: false,
    toolCalls: 0,
  }
}

function note(noted: Notes, event: TraceEvent): void {
  switch (event.type) {
    case 'task.started':
      // A task that is handed to the agent again began when it was first.
      noted.startedMs ??= event.at
      return
    case 'task.cancelled':
      noted.isCancelled = true
      return
    case 'request.sent':
      if (isToolCall(event) && event.attempt === 1) noted.toolCalls++
      return
    case 'request.aborted':
      noted.hasGivenUp = true
      return
    case 'task.ended':
      noted.endedMs = event.at
      if (event.outcome.stop === 'deadline') noted.hasGivenUp = true
      return
    case 'task.threw':
      noted.endedMs = event.at
      return
    case 'task.graded':
      noted.problem = event.problem
      return
    default:
      return
  }
}
