import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineTimeoutProperty } from './define-timeout-property.ts'
import type { Due } from './timed-call.ts'
import { earliestDue } from './timed-call.ts'
import { dueWords, timedWords } from './timeout-words.ts'

interface Rules {
  /** Virtual time since which nothing is injected; infinite from the first fault until the world heals. */
  healedAt: number
}

/** T1: every call ends, even where nobody answers. */
export const everyCallEnds = defineTimeoutProperty<Rules>({
  id: 'T1',
  name: 'timeout.every-call-ends',
  kind: 'liveness',
  statement:
    'No call that a declared timeout covers is still under way at the end of the trial with that timeout over since it was sent and since the world healed, or in a world that has come to a standstill.',
  applies: 'where the profile declares `timeouts`; exercised where a caller gives a call up or one is never answered.',
  begin: () => ({ healedAt: 0 }),
  ended: (_timed, { ending }, _event, judge) => {
    if (ending === 'aborted') judge.trigger()
  },
  trialEnded: ({ clock, rules: { healedAt } }, { at, how }, judge) => {
    const isStill = how === 'stalled' && Number.isFinite(healedAt)
    for (const call of clock.open.values()) {
      const due = earliestDue(call)
      if (!due) continue
      judge.trigger()
      if (!isStill && !isOver(due, healedAt, at)) continue
      judge.violate({
        sentence: `${timedWords(call)} on behalf of task ${quote(call.task.id)} was still under way when the trial ${isStill ? 'stalled' : 'ended'} at ${inSeconds(at)}, but ${dueWords(due)}`,
        at,
        calls: [call.call],
      })
    }
  },
  also: {
    'fault.injected': ({ rules }) => {
      rules.healedAt = Infinity
    },
    'world.healed': ({ rules }, event) => {
      rules.healedAt = event.at
    },
  },
})

function isOver({ ms, from }: Due, healedAt: number, at: number): boolean {
  return at > Math.max(from, healedAt) + ms
}
