import type { Judge } from '../../contract/property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineTimeoutProperty } from './define-timeout-property.ts'
import type { Due, TimedCall } from './timed-call.ts'
import { dueWords, timedWords } from './timeout-words.ts'

/** T2: what is part of something ends with it. */
export const nestedDeadlines = defineTimeoutProperty<{ readonly taskMs: number }>({
  id: 'T2',
  name: 'timeout.nested',
  statement:
    'No call begins or is under way after the deadline of its step or of its task, whatever time of its own it has left, and no task goes on after its deadline. A step is counted from the first model request after the whole reply before, so never longer than the agent counts it. A call to a store or another service that is sent after that reply, with nothing that the reply asked for under way, may be part of the next step already, which then began with it at the latest.',
  applies:
    'where the profile declares `timeouts.stepMs` or `timeouts.taskMs`; exercised where such a deadline is reached.',
  begin: ({ stepMs, taskMs }) => ((stepMs ?? taskMs) ? { taskMs: taskMs ?? Infinity } : null),
  sent: (_timed, call, { at }, judge) => judgeOuter(call, at, 'was sent', judge),
  ended: (_timed, call, { at }, judge) => {
    if (call.endedAt === at) judgeOuter(call, at, 'was under way', judge)
  },
  taskEnded: ({ rules: { taskMs } }, { id, startedAt }, { at }, judge) => {
    if (at < startedAt + taskMs) return
    judge.trigger()
    if (at === startedAt + taskMs) return
    judge.violate({
      sentence: `task ${quote(id)} ended at ${inSeconds(at)}, but it began at ${inSeconds(startedAt)} and \`timeouts.taskMs\` is ${inSeconds(taskMs)}`,
      at,
      calls: [],
    })
  },
  trialEnded: ({ clock }, { at }, judge) => {
    for (const call of clock.open.values()) judgeOuter(call, at, 'was under way', judge)
  },
})

function judgeOuter(call: TimedCall, at: number, what: string, judge: Judge): void {
  for (const due of call.outer) {
    if (at < due.at) continue
    judge.trigger()
    if (at > due.at) violate(call, due, at, what, judge)
  }
}

function violate(call: TimedCall, due: Due, at: number, what: string, judge: Judge): void {
  const whose =
    due.bound === 'stepMs' ? `its step began at ${inSeconds(due.from)}` : `its task began at ${inSeconds(due.from)}`
  const until = what === 'was sent' ? '' : `, ${what} until ${inSeconds(at)}`
  judge.violate({
    sentence: `${timedWords(call)} on behalf of task ${quote(call.task.id)}${until}, but ${whose}, ${dueWords(due)}`,
    at,
    calls: [call.call],
  })
}
