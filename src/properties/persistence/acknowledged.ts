import type { RequestSent, TaskEnded, TaskStarted } from '../../contract/event.ts'
import { callWords } from '../call-words.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

/** The tasks of a trial that have been answered, by their id, and those that are handed over once more. */
interface State {
  readonly started: Map<number, TaskStarted>
  readonly answered: Map<string, { readonly end: TaskEnded; readonly start: TaskStarted }>
  readonly again: Map<number, TaskEnded>
}

/** O1: what a task was answered is what it is answered. */
export const acknowledged = defineProperty<State>({
  id: 'O1',
  name: 'persistence.acknowledged',
  kind: 'safety',
  statement:
    'A task that has ended with `end_turn` and is handed over again, under its id, with the same words and of the same user, by another process or by the same one, is answered alike, and no model, tool or approval is asked for it. An answer that is claimed to be a kept one, which grows old, is not judged.',
  applies: 'where the profile declares `persistence`; exercised where the workload hands a task over again.',
  outlivesProcess: true,
  start: ({ profile: { persistence } }) =>
    persistence ? { started: new Map(), answered: new Map(), again: new Map() } : null,
  on: {
    'task.started': ({ started, answered, again }, event, judge) => {
      started.set(event.task, event)
      const before = answered.get(event.id)
      if (!before || before.start.input !== event.input || before.start.user !== event.user) return
      judge.trigger()
      again.set(event.task, before.end)
    },
    'request.sent': ({ again }, event, judge) => {
      const before = again.get(event.task)
      if (!before || !isWork(event)) return
      const sentence = `task ${quote(before.id)} was answered at ${inSeconds(before.at)} and handed over again, but ${callWords(event)} was sent for it at ${inSeconds(event.at)}`
      judge.violate({ sentence, at: event.at, calls: [event.call] })
    },
    'task.ended': ({ started, answered, again }, event, judge) => {
      const before = again.get(event.task)
      const start = started.get(event.task)
      const { answer, stop, claims } = event.outcome
      if (before && stop !== 'cancelled' && (answer !== before.outcome.answer || stop !== before.outcome.stop)) {
        const words = `${quote(stop)} and ${quote(answer)}`
        const sentence = `task ${quote(event.id)} ended at ${inSeconds(before.at)} with ${quote(before.outcome.stop)} and ${quote(before.outcome.answer)}, but at ${inSeconds(event.at)}, handed over again, with ${words}`
        judge.violate({ sentence, at: event.at, calls: [] })
      }
      if (start && stop === 'end_turn' && claims?.asOfMs === undefined && !answered.has(event.id)) {
        answered.set(event.id, { end: event, start })
      }
    },
  },
})

const work: ReadonlySet<RequestSent['kind']> = new Set(['model', 'tool', 'approval', 'mcp'])

function isWork({ kind }: RequestSent): boolean {
  return work.has(kind)
}
