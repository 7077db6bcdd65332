import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineTimeoutProperty } from './define-timeout-property.ts'
import { timedWords } from './timeout-words.ts'

/** T6: an agent at rest is at rest. */
export const quiescence = defineTimeoutProperty<true>({
  id: 'T6',
  name: 'timeout.quiescence',
  statement:
    'When every task has ended, no call is under way and nothing is left behind that would keep a process alive: no referenced timer or interval, no socket, no handle.',
  applies: 'where the profile declares `timeouts`; exercised where a trial with calls finishes.',
  begin: () => true,
  sent: (_timed, _call, _event, judge) => judge.trigger(),
  trialEnded: ({ clock }, { at, how, leftovers }, judge) => {
    if (how !== 'finished') return
    const [open] = clock.open.values()
    if (open) {
      judge.violate({
        sentence: `${timedWords(open)} on behalf of task ${quote(open.task.id)} was still under way when every task had ended at ${inSeconds(at)}`,
        at,
        calls: [...clock.open.keys()],
      })
    }
    if (leftovers.length === 0) return
    judge.violate({
      sentence: `every task had ended at ${inSeconds(at)}, but the agent had left behind ${leftovers.join(', ')}`,
      at,
      calls: [],
    })
  },
})
