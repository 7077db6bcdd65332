import type { TaskEnded, TaskThrew } from '../../contract/event.ts'
import type { Judge } from '../../contract/property.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

interface State {
  readonly stopReasons: readonly string[]
  readonly open: Map<number, string>
  /** Virtual time at which a task ended, by its index. */
  readonly ended: Map<number, number>
}

/** L2: one stop per task, in the declared vocabulary. */
export const oneStop = defineProperty<State>({
  id: 'L2',
  name: 'loop.one-stop',
  kind: 'safety',
  statement:
    'Every task ends exactly once, by returning an outcome whose stop reason the agent declares; rejecting instead is no stop. A task that never ends because the trial did not finish is left to L1.',
  applies: 'always.',
  start: ({ profile }) => ({ stopReasons: profile.stopReasons, open: new Map(), ended: new Map() }),
  on: {
    'task.started': (state, event) => {
      state.open.set(event.task, event.id)
    },
    'task.ended': (state, event, judge) => {
      end(state, event, judge)
      const { stop } = event.outcome
      if (state.stopReasons.includes(stop)) return
      judge.violate({
        sentence: `task ${quote(event.id)} stopped at ${inSeconds(event.at)} with reason ${quote(stop)}, which is none of the declared ones (${state.stopReasons.join(', ')})`,
        at: event.at,
        calls: [],
      })
    },
    'task.threw': (state, event, judge) => {
      end(state, event, judge)
      judge.violate({
        sentence: `task ${quote(event.id)} gave no outcome at ${inSeconds(event.at)}: ${event.thrown}`,
        at: event.at,
        calls: [],
      })
    },
    'trial.ended': (state, event, judge) => {
      if (event.how !== 'finished') return
      for (const id of state.open.values()) {
        judge.violate({
          sentence: `task ${quote(id)} had not stopped when the trial finished at ${inSeconds(event.at)}`,
          at: event.at,
          calls: [],
        })
      }
    },
  },
})

function end(state: State, event: TaskEnded | TaskThrew, judge: Judge): void {
  judge.trigger()
  const before = state.ended.get(event.task)
  state.open.delete(event.task)
  state.ended.set(event.task, event.at)
  if (before === undefined) return
  judge.violate({
    sentence: `task ${quote(event.id)} ended at ${inSeconds(event.at)}, but it had already ended at ${inSeconds(before)}`,
    at: event.at,
    calls: [],
  })
}
