import type { TaskEnded, TaskStarted } from '../../contract/event.ts'
import type { SafeModeProfile } from '../../contract/operations-profile.ts'
import type { Judge } from '../../contract/property.ts'
import { callWords } from '../call-words.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

/** One task on its way, as it was when it began. */
interface Begun {
  readonly at: number
  /** Counts the times that safe mode was entered or left. */
  readonly epoch: number
  readonly kind: 'ordinary' | 'refused' | 'probe' | 'beside the probe'
  isCancelled: boolean
  hasCalled: boolean
}

interface State {
  readonly declared: SafeModeProfile
  readonly tasks: Map<number, Begun>
  /** Failed tasks in a row. */
  failed: number
  /** When safe mode was entered, or entered again; null outside of it. */
  since: number | null
  probe: number | null
  epoch: number
  /** Whether it keeps its runs, so that it answers again what it has answered, and may be in safe mode after a restart. */
  readonly isKept: boolean
  /** Whether the order of what happened at one moment, or a delay, leaves open what it is. */
  isLost: boolean
}

const neutral: ReadonlySet<string> = new Set(['cancelled', 'requires_approval', 'max_steps', 'context_window_exceeded'])
const succeeded: ReadonlySet<string> = new Set(['end_turn', 'tool_rule'])

const lose = (state: State): void => void (state.isLost = true)

/** O2: safe mode begins and ends as declared, and in it nothing is done. */
export const safeMode = defineProperty<State>({
  id: 'O2',
  name: 'operations.safe-mode',
  kind: 'safety',
  statement:
    'After the declared number of failed tasks in a row, each task that begins within `probeAfterMs` of the end of the last of them is given the declared answer, and no model and no tool is called for it. The first one after that is tried; others are given the answer meanwhile, and safe mode is over where that one succeeds, and begins anew where it fails. No task is given the answer otherwise. A task has failed unless it stops with `end_turn` or `tool_rule`; `cancelled`, `requires_approval`, `max_steps` and `context_window_exceeded` say neither. Where tasks begin at the very moment at which safe mode changes, after a delay of the process or a failure of a store, and after a kill of an agent that declares `persistence`, it is judged no further.',
  applies: 'where the profile declares `safeMode`.',
  outlivesProcess: true,
  start: ({ profile: { safeMode: declared, persistence } }) =>
    declared
      ? {
          declared,
          tasks: new Map(),
          failed: 0,
          since: null,
          probe: null,
          epoch: 0,
          isLost: false,
          isKept: persistence !== undefined,
        }
      : null,
  on: {
    'process.killed': (state) => {
      // What the next process knows of this one is what the store says.
      if (state.isKept) lose(state)
      state.tasks.clear()
      Object.assign(state, { failed: 0, since: null, probe: null, epoch: state.epoch + 1 })
    },
    'process.blocked': lose,
    'timers.late': lose,
    'request.failed': (state, { kind }) => void (state.isLost ||= kind === 'store'),
    'task.started': (state, event, judge) => {
      const kind = kindOf(state, event)
      if (kind === 'probe') state.probe = event.task
      if (kind !== 'ordinary') judge.trigger()
      state.tasks.set(event.task, { at: event.at, epoch: state.epoch, kind, isCancelled: false, hasCalled: false })
    },
    'task.cancelled': ({ tasks }, { task }) => {
      const begun = tasks.get(task)
      if (begun) begun.isCancelled = true
    },
    'request.sent': (state, event, judge) => {
      const begun = state.tasks.get(event.task)
      if (!begun || !['model', 'tool', 'mcp'].includes(event.kind)) return
      begun.hasCalled = true
      if (state.isLost || begun.kind === 'ordinary' || begun.kind === 'probe') return
      const sentence = `${callWords(event)} was sent at ${inSeconds(event.at)} for a task that began at ${inSeconds(begun.at)}, ${whileWords(state, begun)}`
      judge.violate({ sentence, at: event.at, calls: [event.call] })
    },
    'task.ended': (state, event, judge) => {
      const begun = state.tasks.get(event.task)
      state.tasks.delete(event.task)
      if (!begun) return
      if (!state.isLost && !begun.isCancelled) judgeAnswer(state, begun, event, judge)
      move(state, begun, event)
    },
  },
})

function kindOf(state: State, { at }: TaskStarted): Begun['kind'] {
  const { since, probe, declared } = state
  if (since === null) return 'ordinary'
  if (at === since) state.isLost = true
  if (at < since + declared.probeAfterMs) return 'refused'
  return probe === null ? 'probe' : 'beside the probe'
}

function judgeAnswer(state: State, begun: Begun, { id, at, outcome }: TaskEnded, judge: Judge): void {
  const isGiven = outcome.answer === state.declared.answer && !begun.hasCalled
  const isDue = begun.kind === 'refused' || begun.kind === 'beside the probe'
  const isAnsweredBefore = state.isKept && !begun.hasCalled && outcome.stop === 'end_turn'
  if (isGiven === isDue || isAnsweredBefore) return
  const what = isDue
    ? `task ${quote(id)}, which began at ${inSeconds(begun.at)}, ${whileWords(state, begun)}, was answered ${quote(outcome.answer)} and not ${quote(state.declared.answer)}`
    : `task ${quote(id)} was given the answer of safe mode at ${inSeconds(at)}, but ${otherwiseWords(state, begun)}`
  judge.violate({ sentence: what, at, calls: [] })
}

function move(state: State, begun: Begun, { task, at, outcome: { stop } }: TaskEnded): void {
  if (begun.kind === 'probe' && state.probe === task) state.probe = null
  if (begun.epoch !== state.epoch || begun.kind === 'refused' || begun.kind === 'beside the probe') return
  if (begun.isCancelled || neutral.has(stop)) return
  if (state.isKept && !begun.hasCalled && succeeded.has(stop)) state.isLost ||= state.failed > 0
  state.failed = succeeded.has(stop) ? 0 : state.failed + 1
  const isEntered = begun.kind === 'probe' ? state.failed > 0 : state.failed >= state.declared.failedTasks
  if (begun.kind === 'ordinary' && !isEntered) return
  state.since = isEntered ? at : null
  state.failed = 0
  state.epoch += 1
  // Who began at this very moment may have begun before or after it.
  if ([...state.tasks.values()].some((other) => other.at === at)) state.isLost = true
}

function whileWords({ declared, since }: State, { kind }: Begun): string {
  if (kind === 'beside the probe') return 'while another one was tried to leave safe mode'
  return `within ${inSeconds(declared.probeAfterMs)} of ${inSeconds(since ?? 0)}, when safe mode began`
}

function otherwiseWords({ declared, failed, since }: State, { kind }: Begun): string {
  return kind === 'probe'
    ? `safe mode had begun at ${inSeconds(since ?? 0)}, so that it had to be tried`
    : `${failed} of ${declared.failedTasks} tasks in a row had failed`
}
