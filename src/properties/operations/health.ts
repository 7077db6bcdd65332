import { isTargeted } from '../../contract/call-target.ts'
import type { RequestAborted, RequestFailed, ResponseEnd } from '../../contract/event.ts'
import type { Outcome } from '../../contract/outcome.ts'
import type { HealthProfile } from '../../contract/operations-profile.ts'
import { callWords } from '../call-words.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

/** A check that has ended. */
interface Check {
  readonly call: number
  readonly endedAt: number
  readonly isIll: boolean
}

/** A task, and the newest check that had ended before it began; null where there was none. */
interface Begun {
  readonly at: number
  readonly before: Check | null
  isCancelled: boolean
  hasCalled: boolean
}

interface State {
  readonly declared: HealthProfile
  readonly asked: Map<number, number>
  readonly tasks: Map<number, Begun>
  /** The newest last. */
  readonly checks: Check[]
  /** Whether a store has failed: then a task may have failed for that. */
  hasStoreFailed: boolean
}

/** O4: who is ill is not given tasks, and nobody is called ill on old news. */
export const health = defineProperty<State>({
  id: 'O4',
  name: 'operations.health',
  kind: 'safety',
  statement:
    'For a task that begins after a check has shown the agent ill, nothing guarded is called before a check has shown it well: the task is refused, or given to somebody else. And no task is refused on old news: where one is claimed to be refused for health, or ends with `error`, without a call and without a claim, and the newest check, which showed the agent ill, ended longer than `recheckAfterMs` before, it was to be asked again first. Ill is who answers a check with a failure, not at all, or after `unhealthyMs`.',
  applies: 'where the profile declares `health`; exercised where a check shows the agent ill before a task begins.',
  start: ({ profile: { health: declared } }) =>
    declared ? { declared, asked: new Map(), tasks: new Map(), checks: [], hasStoreFailed: false } : null,
  on: {
    'task.started': (state, { task, at }, judge) => {
      const before = state.checks.findLast(({ endedAt }) => endedAt < at) ?? null
      if (before?.isIll === true) judge.trigger()
      state.tasks.set(task, { at, before, isCancelled: false, hasCalled: false })
    },
    'task.cancelled': ({ tasks }, { task }) => {
      const begun = tasks.get(task)
      if (begun) begun.isCancelled = true
    },
    'request.sent': (state, event, judge) => {
      if (event.upstream === state.declared.check) state.asked.set(event.call, event.at)
      const begun = state.tasks.get(event.task)
      if (!begun || begun.hasCalled || !isTargeted(state.declared.guards, event)) return
      begun.hasCalled = true
      const { before } = begun
      if (before?.isIll !== true) return
      // One that ended at the moment at which the task began is as good as one that came later.
      if (state.checks.some(({ endedAt, isIll }) => endedAt >= begun.at && !isIll)) return
      const sentence = `${callWords(event)} was sent at ${inSeconds(event.at)} for a task that began at ${inSeconds(begun.at)}, but the check of call ${before.call} had shown the agent ill at ${inSeconds(before.endedAt)}, and none had shown it well since`
      judge.violate({ sentence, at: event.at, calls: [before.call, event.call] })
    },
    'response.end': ended,
    'request.failed': ended,
    'request.aborted': ended,
    'task.ended': (state, { task, id, at, outcome }, judge) => {
      const begun = state.tasks.get(task)
      const newest = state.checks.at(-1)
      if (!begun || begun.hasCalled || begun.isCancelled || state.hasStoreFailed) return
      if (newest?.isIll !== true || !isTurnedAway(outcome)) return
      const ageMs = at - newest.endedAt
      if (ageMs <= state.declared.recheckAfterMs) return
      const sentence = `task ${quote(id)} was refused at ${inSeconds(at)}, but the newest check (call ${newest.call}) had ended ${inSeconds(ageMs)} before, and the agent declares at most ${inSeconds(state.declared.recheckAfterMs)}`
      judge.violate({ sentence, at, calls: [newest.call] })
    },
  },
})

/** Whether the agent says that its health refused the task, or does not say why there is nothing but an error. */
function isTurnedAway({ stop, claims }: Outcome): boolean {
  const refusals = claims?.refusals ?? []
  return refusals.length === 0 ? stop === 'error' : refusals.some(({ by }) => by === 'health')
}

function ended(state: State, event: ResponseEnd | RequestFailed | RequestAborted): void {
  const { call, at } = event
  if (event.type === 'request.failed' && event.kind === 'store') state.hasStoreFailed = true
  const askedAt = state.asked.get(call)
  if (askedAt === undefined) return
  state.asked.delete(call)
  const isIll = event.class !== 'success' || at - askedAt >= state.declared.unhealthyMs
  state.checks.push({ call, endedAt: at, isIll })
}
