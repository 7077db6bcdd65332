import type { RequestAborted, RequestFailed } from '../../contract/event.ts'
import type { Profile } from '../../contract/profile.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { sameJson } from '../same-json.ts'
import { SummaryCalls } from '../summary-calls.ts'
import { inSeconds } from '../virtual-time.ts'
import { stopReasonRules } from './stop-reason-rules.ts'
import { TaskHistory } from './task-history.ts'

interface State {
  readonly profile: Profile
  readonly histories: Map<number, TaskHistory>
  readonly summaries: SummaryCalls
}

/** L3: the stop reason is what the wire shows. */
export const truthfulStop = defineProperty<State>({
  id: 'L3',
  name: 'loop.truthful-stop',
  kind: 'safety',
  statement:
    'The stop reason is true of the trace: `end_turn` after a last model call that succeeded without tool calls or, where a heartbeat is declared, with tool calls none of which asks for one, or with an answer that is claimed to come from a declared source which asks no model, `llm_api_error` after one that did not succeed, `max_steps` after exactly the declared replies with tool calls still asked for, `tool_rule` and `invalid_tool_call` after a last reply with tool calls, `no_tool_call` after one without, `requires_approval` with an approval undecided (a decision on other arguments decides nothing), `context_window_exceeded` after an overflow error as the last model error, or where the profile declares the window of the primary. `cancelled` after the workload has cancelled the task, `deadline` once the task has lasted as long as the shorter of the declared limits of task and step, or after a call that did not succeed. `invalid_llm_response` and `error` are admitted, and so is `deadline` where no limit is declared. Calls for a declared summary of history are none of these. A task that is handed over again, because its process was killed or to an agent that declares `persistence`, may stop for what it was told before.',
  applies: 'always.',
  start: ({ profile }) => ({ profile, histories: new Map(), summaries: new SummaryCalls(profile) }),
  on: {
    'task.started': (state, event) => {
      historyOf(state, event.task).startedAt = event.at
      // What an agent that keeps its runs has answered before, it answers again: O1 judges that.
      historyOf(state, event.task).isResumed = event.resumed === true || state.profile.persistence !== undefined
    },
    'task.cancelled': (state, event) => {
      historyOf(state, event.task).isCancelled = true
    },
    'request.sent': (state, event) => {
      if (event.kind === 'model' && !state.summaries.sent(event)) historyOf(state, event.task).sent(event)
      // What a retry asks again is one question with it.
      if (event.kind === 'approval' && event.previous !== null) {
        historyOf(state, event.task).undecided.delete(event.previous)
      }
    },
    'response.end': (state, event) => {
      historyOf(state, event.task).endedBadly = event.class !== 'success'
      if (event.kind === 'model') historyOf(state, event.task).answered(event)
    },
    'request.failed': broke,
    'request.aborted': broke,
    'approval.asked': (state, event) => {
      const history = historyOf(state, event.task)
      history.asked += 1
      history.undecided.set(event.call, event)
    },
    'approval.answered': (state, event) => {
      const { undecided } = historyOf(state, event.task)
      const asked = undecided.get(event.call)
      const isOfThis = asked?.tool === event.tool && sameJson(asked.arguments, event.arguments)
      if (event.decision !== 'pending' && isOfThis) undecided.delete(event.call)
    },
    'task.ended': (state, event, judge) => {
      const { stop } = event.outcome
      const rule = Object.hasOwn(stopReasonRules, stop) ? stopReasonRules[stop] : undefined
      const history = historyOf(state, event.task)
      if (!rule || mayStopForEarlier(stop, history)) return
      judge.trigger()
      const found = rule(history, state.profile, event)
      if (!found) return
      judge.violate({
        sentence: `task ${quote(event.id)} stopped at ${inSeconds(event.at)} with reason ${quote(stop)}, but ${found.because}`,
        at: event.at,
        calls: found.calls,
      })
    },
  },
})

/** Reasons that this process must have seen for itself, whatever the one before it was told. */
const ofThisProcess: ReadonlySet<string> = new Set(['llm_api_error', 'cancelled', 'deadline'])

function mayStopForEarlier(stop: string, history: TaskHistory): boolean {
  if (!history.isResumed || ofThisProcess.has(stop)) return false
  return stop !== 'end_turn' || history.lastCalls().length === 0
}

function broke(state: State, event: RequestFailed | RequestAborted): void {
  historyOf(state, event.task).endedBadly = true
  if (event.kind === 'model') historyOf(state, event.task).broke(event)
}

function historyOf(state: State, task: number): TaskHistory {
  return getOrCreate(state.histories, task, () => new TaskHistory())
}
