import type { Backoff } from '../../contract/profile.ts'
import { callWords } from '../call-words.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { attemptWords } from './attempt-words.ts'
import { waitsAfter } from './backoff-law.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { didNotSucceed } from './did-not-succeed.ts'
import { readRetryHint } from './retry-hint.ts'
import { TaskCalls } from './task-calls.ts'

interface Rules {
  readonly taskMs: number
  readonly backoff: Backoff | undefined
  readonly tasks: TaskCalls
}

/** R7: no attempt begins and no wait lasts beyond the deadline of the task. */
export const retryDeadline = defineRetryProperty<Rules>({
  id: 'R7',
  name: 'retry.deadline',
  statement:
    'No attempt begins later than the declared deadline of its task, and a task that waits for its next attempt when the deadline comes ends with it, not with the wait.',
  applies: 'where the profile declares `retry` and `timeouts.taskMs`.',
  begin: ({ profile: { retry, timeouts } }) =>
    retry && timeouts?.taskMs !== undefined
      ? { taskMs: timeouts.taskMs, backoff: retry.backoff, tasks: new TaskCalls() }
      : null,
  on: {
    'task.started': ({ tasks }, event) => tasks.started(event),
    'task.ended': ({ tasks, taskMs }, event, judge) => {
      const task = tasks.ended(event)
      if (!task) return
      const deadline = task.startedAt + taskMs
      const before = task.waitingAfter()
      if (!before || before.endedAt === null || before.endedAt > deadline || event.at < deadline) return
      judge.trigger()
      if (event.at === deadline) return
      judge.violate({
        sentence: `task ${quote(event.id)} ended at ${inSeconds(event.at)} and had nothing under way since ${callWords(before)} ended at ${inSeconds(before.endedAt)}, but its deadline was at ${inSeconds(deadline)}`,
        at: event.at,
        calls: [before.call],
      })
    },
  },
  sent: ({ tasks, taskMs }, attempt, judge) => {
    const task = tasks.sent(attempt)
    if (!task || attempt.sentAt <= task.startedAt + taskMs) return
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but the deadline of task ${quote(task.id)} was at ${inSeconds(task.startedAt + taskMs)}`,
      at: attempt.sentAt,
      calls: attempt.previous ? [attempt.previous.call, attempt.call] : [attempt.call],
    })
  },
  ended: ({ tasks, taskMs, backoff }, attempt, judge) => {
    const task = tasks.settled(attempt)
    if (!task || !didNotSucceed(attempt)) return
    if (nextAt(attempt, backoff) >= task.startedAt + taskMs) judge.trigger()
  },
})

/** When the next attempt may be due at the latest. */
function nextAt(attempt: Attempt, backoff: Backoff | undefined): number {
  const endedAt = attempt.endedAt ?? 0
  const hint = readRetryHint(attempt.headers, endedAt)
  const ownMs = backoff ? waitsAfter(backoff, attempt.attempt).highestMs : 0
  return Math.max(endedAt + ownMs, hint.kind === 'wait' ? hint.untilMs : 0)
}
