import type { TaskEnded, TaskThrew, TrialEnd } from '../../contract/event.ts'
import type { Judge } from '../../contract/property.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { SummaryCalls } from '../summary-calls.ts'
import { inSeconds } from '../virtual-time.ts'

interface RunningTask {
  readonly id: string
  readonly startedAt: number
  replies: number
}

interface State {
  readonly maxSteps: number
  readonly terminationMs: number
  readonly running: Map<number, RunningTask>
  readonly summaries: SummaryCalls
  /** Virtual time since which nothing is injected; infinite from the first fault until the world heals. */
  healedAt: number
}

const endWords: { readonly [How in Exclude<TrialEnd, 'finished'>]: string } = {
  stalled: 'the trial stalled with nothing in flight and no timer set',
  expired: 'the trial reached its limit of virtual time or events',
  exited: 'the agent called process.exit',
  crashed: 'the agent crashed on an uncaught error',
  blocked: 'the agent blocked the event loop until its process was replaced',
  died: "the agent's process died",
}

/** L1: every task ends, in bounded steps and time, whatever the fault plan. */
export const termination = defineProperty<State>({
  id: 'L1',
  name: 'loop.termination',
  kind: 'liveness',
  statement:
    'Every task ends: within the declared number of model replies (declared summaries of history are none), within the declared virtual time after the later of its start and the heal point (in a trial without faults, after its start), and without stalling, expiring, exiting, crashing, blocking or killing its process.',
  applies: 'always; the bounds on replies and time only where the profile declares `maxSteps` and `terminationMs`.',
  start: ({ profile }) => ({
    maxSteps: profile.maxSteps ?? Infinity,
    terminationMs: profile.terminationMs ?? Infinity,
    running: new Map(),
    summaries: new SummaryCalls(profile),
    healedAt: 0,
  }),
  on: {
    'task.started': (state, event, judge) => {
      judge.trigger()
      state.running.set(event.task, { id: event.id, startedAt: event.at, replies: 0 })
    },
    'request.sent': ({ summaries }, event) => {
      summaries.sent(event)
    },
    'fault.injected': (state) => {
      state.healedAt = Infinity
    },
    'world.healed': (state, event) => {
      state.healedAt = event.at
    },
    'response.end': (state, event, judge) => {
      const task = event.model && state.running.get(event.task)
      if (!task || state.summaries.has(event.call)) return
      task.replies += 1
      if (task.replies <= state.maxSteps) return
      judge.violate({
        sentence: `task ${quote(task.id)} received model reply ${task.replies} at ${inSeconds(event.at)}, but the agent declares at most ${state.maxSteps} per task`,
        at: event.at,
        calls: [event.call],
      })
    },
    'task.ended': settle,
    'task.threw': settle,
    'trial.ended': (state, event, judge) => {
      if (event.how === 'finished') return
      const unfinished = [...state.running.values()].map(({ id }) => quote(id))
      const whose = unfinished.length > 0 ? `with ${unfinished.join(', ')} unfinished` : 'after every task had ended'
      const isTold = event.detail === '' || event.how === 'stalled'
      const detail = isTold ? '' : `: ${quote(event.detail)}`
      judge.violate({
        sentence: `${endWords[event.how]} at ${inSeconds(event.at)}, ${whose}${detail}`,
        at: event.at,
        calls: [],
      })
    },
  },
})

function settle(state: State, event: TaskEnded | TaskThrew, judge: Judge): void {
  const task = state.running.get(event.task)
  if (!task) return
  state.running.delete(event.task)
  const from = Math.max(task.startedAt, state.healedAt)
  if (event.at <= from + state.terminationMs) return
  const since = state.healedAt > task.startedAt ? 'the world healed' : 'it began'
  judge.violate({
    sentence: `task ${quote(task.id)} ended at ${inSeconds(event.at)}, but ${since} at ${inSeconds(from)} and the agent declares to end within ${inSeconds(state.terminationMs)}`,
    at: event.at,
    calls: [],
  })
}
