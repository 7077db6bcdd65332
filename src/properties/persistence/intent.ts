import type { RequestSent, TraceEvent } from '../../contract/event.ts'
import type { Json } from '../../contract/json.ts'
import { callWords } from '../call-words.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { WrittenRecords } from './written-records.ts'

interface State {
  readonly store: string
  readonly effectful: ReadonlySet<string>
  readonly records: WrittenRecords
}

const followed = (state: State, event: TraceEvent): void => state.records.follow(event)

/** L14: what is about to be done is on disk before it is done. */
export const intentBeforeEffect = defineProperty<State>({
  id: 'L14',
  name: 'persistence.intent',
  kind: 'safety',
  statement:
    'Before the first attempt of an effectful call is sent, the declared store has acknowledged a record of it in the same task: a text that holds the idempotency key of the call, or the name of the tool and all values of its arguments. What an earlier process has written counts; what stands in a transaction that was not committed does not.',
  applies: 'where the profile declares `persistence` and effectful tools (`tools.effectful`).',
  outlivesProcess: true,
  start: ({ profile: { persistence, tools } }) => {
    const effectful = new Set(tools?.effectful)
    if (!persistence || effectful.size === 0) return null
    return { store: persistence.store, effectful, records: new WrittenRecords(persistence.store) }
  },
  on: {
    'process.killed': followed,
    'response.end': followed,
    'request.sent': (state, event, judge) => {
      state.records.follow(event)
      if (!event.tool || event.previous !== null || !state.effectful.has(event.tool.name)) return
      judge.trigger()
      if (state.records.of(event.task).some((text) => names(text, event))) return
      judge.violate({
        sentence: `${callWords(event)} was sent at ${inSeconds(event.at)}, but store ${quote(state.store)} had acknowledged no record of it in this task`,
        at: event.at,
        calls: [event.call],
      })
    },
  },
})

function names(text: string, { idempotencyKey, tool }: RequestSent): boolean {
  if (idempotencyKey !== null && text.includes(idempotencyKey)) return true
  return tool !== null && [tool.name, ...valuesIn(tool.arguments)].every((value) => text.includes(value))
}

/** The texts and numbers of a value, as they stand in JSON. */
function valuesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(valuesIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn)
  if (typeof value === 'string') return [JSON.stringify(value).slice(1, -1)]
  return typeof value === 'number' ? [String(value)] : []
}
