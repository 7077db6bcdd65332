import type { RequestAborted, RequestFailed, RequestSent, ResponseEnd, TaskCancelled } from '../../contract/event.ts'
import type { Judge } from '../../contract/property.ts'
import { callWords } from '../call-words.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { isFileStatement } from '../is-file-statement.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

interface TaskState {
  readonly open: Map<number, RequestSent>
  cancelled: TaskCancelled | null
  /** Whether the cancellation can have found the task at nothing but waiting, for a call, a timer or its start. */
  mustSayCancelled: boolean
  /** When one of its calls began or ended last. */
  busyAt: number
  hasStarted: boolean
  hasEnded: boolean
}

interface State {
  readonly maySayCancelled: boolean
  readonly tasks: Map<number, TaskState>
  /** Requests of cancelled tasks that are still under way. */
  readonly toAbort: Map<number, { readonly sent: RequestSent; readonly cancelled: TaskCancelled }>
}

/** L9: a cancelled task stops at once. */
export const cancellation = defineProperty<State>({
  id: 'L9',
  name: 'loop.cancellation',
  kind: 'safety',
  statement:
    'Once a task is cancelled, no request begins on its behalf at a later moment; what is under way ends at that very moment of virtual time, which is the time that an abort takes here; and the task stops with `cancelled`. One whose last call ended at that very moment may have been done. What is written to a file of the agent is no request.',
  applies: 'always; the stop reason only where the agent declares `cancelled` among its stop reasons.',
  start: ({ profile }) => ({
    maySayCancelled: profile.stopReasons.includes('cancelled'),
    tasks: new Map(),
    toAbort: new Map(),
  }),
  on: {
    'task.started': (state, event, judge) => {
      const task = taskOf(state, event.task)
      task.hasStarted = true
      task.busyAt = event.at
      if (task.cancelled) judge.trigger()
    },
    'task.cancelled': (state, event, judge) => {
      const task = taskOf(state, event.task)
      if (task.hasEnded) return
      if (task.hasStarted) judge.trigger()
      task.cancelled = event
      task.mustSayCancelled = task.open.size > 0 || !task.hasStarted || task.busyAt < event.at
      for (const sent of task.open.values()) state.toAbort.set(sent.call, { sent, cancelled: event })
    },
    'request.sent': (state, event, judge) => {
      judgeOpen(state, event.at, judge)
      const task = taskOf(state, event.task)
      const { cancelled, open, hasEnded } = task
      if (hasEnded) return
      task.busyAt = event.at
      open.set(event.call, event)
      if (!cancelled) return
      state.toAbort.set(event.call, { sent: event, cancelled })
      if (event.at <= cancelled.at || isFileStatement(event)) return
      judge.violate({
        sentence: `${callWords(event)} began at ${inSeconds(event.at)} (call ${event.call}), but task ${quote(cancelled.id)} had been cancelled at ${inSeconds(cancelled.at)}`,
        at: event.at,
        calls: [event.call],
      })
    },
    'response.end': settle,
    'request.failed': settle,
    'request.aborted': settle,
    'task.ended': (state, event, judge) => {
      judgeOpen(state, event.at, judge)
      const task = taskOf(state, event.task)
      task.hasEnded = true
      const { cancelled } = task
      if (!cancelled || !state.maySayCancelled || event.outcome.stop === 'cancelled') return
      if (event.at <= cancelled.at && !task.mustSayCancelled) return
      judge.violate({
        sentence: `task ${quote(event.id)} was cancelled at ${inSeconds(cancelled.at)}, but stopped at ${inSeconds(event.at)} with reason ${quote(event.outcome.stop)}`,
        at: event.at,
        calls: [],
      })
    },
    'task.threw': (state, event, judge) => {
      judgeOpen(state, event.at, judge)
      taskOf(state, event.task).hasEnded = true
    },
    'trial.ended': (state, event, judge) => judgeOpen(state, event.at, judge),
  },
})

function settle(state: State, event: ResponseEnd | RequestFailed | RequestAborted, judge: Judge): void {
  judgeOpen(state, event.at, judge)
  const task = taskOf(state, event.task)
  task.open.delete(event.call)
  task.busyAt = event.at
  state.toAbort.delete(event.call)
}

/** What a cancellation should have ended must not be under way at any later moment. */
function judgeOpen({ toAbort }: State, now: number, judge: Judge): void {
  for (const { sent, cancelled } of toAbort.values()) {
    if (now <= cancelled.at || sent.at > cancelled.at) continue
    judge.violate({
      sentence: `${callWords(sent)} of ${inSeconds(sent.at)} (call ${sent.call}) was still under way after ${inSeconds(cancelled.at)}, when task ${quote(cancelled.id)} was cancelled`,
      at: now,
      calls: [sent.call],
    })
    toAbort.delete(sent.call)
  }
}

function taskOf({ tasks }: State, task: number): TaskState {
  return getOrCreate(tasks, task, () => ({
    open: new Map(),
    cancelled: null,
    mustSayCancelled: false,
    busyAt: 0,
    hasStarted: false,
    hasEnded: false,
  }))
}
