import type { TaskCancelled, TaskEnded, TaskThrew } from '../../contract/event.ts'
import type { Judge } from '../../contract/property.ts'
import { callWords } from '../call-words.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { TaskCalls } from './task-calls.ts'

interface Cut {
  readonly event: TaskCancelled
  /** The attempt after which the task was waiting. */
  readonly before: Attempt
}

interface Rules {
  readonly tasks: TaskCalls
  /** Tasks that were cancelled while they waited, and have not ended. */
  readonly cut: Map<number, Cut>
}

/** R8: a cancellation ends the wait for the next attempt. */
export const cancelledWait = defineRetryProperty<Rules>({
  id: 'R8',
  name: 'retry.cancelled-wait',
  statement:
    'A task that is cancelled while it waits for its next attempt (nothing under way, the last call not successful) makes no further attempt later than that moment and ends at that very moment of virtual time.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => (profile.retry ? { tasks: new TaskCalls(), cut: new Map() } : null),
  on: {
    'task.started': ({ tasks }, event) => tasks.started(event),
    'task.cancelled': ({ tasks, cut }, event, judge) => {
      const before = tasks.running(event.task)?.waitingAfter()
      if (!before || cut.has(event.task)) return
      judge.trigger()
      cut.set(event.task, { event, before })
    },
    'task.ended': end,
    'task.threw': end,
    'trial.ended': ({ cut }, event, judge) => {
      for (const { event: cancelled, before } of cut.values()) {
        violateEnd(cancelled, before, `had not ended when the trial did at ${inSeconds(event.at)}`, event.at, judge)
      }
    },
  },
  sent: ({ tasks, cut }, attempt, judge) => {
    tasks.sent(attempt)
    const found = cut.get(attempt.task)
    if (!found || attempt.sentAt <= found.event.at) return
    judge.violate({
      sentence: `${callWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but task ${quote(found.event.id)} had been cancelled at ${inSeconds(found.event.at)}, while it waited after call ${found.before.call}`,
      at: attempt.sentAt,
      calls: [found.before.call, attempt.call],
    })
  },
  ended: ({ tasks }, attempt) => void tasks.settled(attempt),
})

function end({ tasks, cut }: Rules, event: TaskEnded | TaskThrew, judge: Judge): void {
  tasks.ended(event)
  const found = cut.get(event.task)
  cut.delete(event.task)
  if (!found || event.at <= found.event.at) return
  violateEnd(found.event, found.before, `ended at ${inSeconds(event.at)}`, event.at, judge)
}

function violateEnd(cancelled: TaskCancelled, before: Attempt, how: string, at: number, judge: Judge): void {
  judge.violate({
    sentence: `task ${quote(cancelled.id)} was cancelled at ${inSeconds(cancelled.at)}, while it waited after ${callWords(before)} (call ${before.call}), but ${how}`,
    at,
    calls: [before.call],
  })
}
