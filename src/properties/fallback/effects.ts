import type { EffectApplied } from '../../contract/event.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import type { SourceCall } from './source-call.ts'

interface TaskEffects {
  /** The first application of each effect, by its key. */
  readonly applied: Map<string, { readonly event: EffectApplied; readonly turns: number }>
  /** How often the task has turned to another source. */
  turns: number
  lastTurn: SourceCall | null
  lastPlaces: readonly number[]
}

/** F11: what was done is not done again because another source is asked. */
export const fallbackEffects = defineFallbackProperty<Map<number, TaskEffects>>({
  id: 'F11',
  name: 'fallback.effects',
  statement:
    'No effect that a task has caused is applied again in that task after it has turned to another source: whatever became of the call, the new source does not repeat it. Every effect counts, by its key.',
  applies: 'where the profile declares `fallback`; exercised where a task turns to another source after an effect.',
  begin: () => new Map(),
  asked: ({ rules }, line, call, judge) => {
    if (call.places.length === 0) return
    const task = effectsOf(rules, line.task)
    const isOther = task.lastPlaces.length > 0 && !task.lastPlaces.some((place) => call.places.includes(place))
    task.lastPlaces = call.places
    if (!isOther) return
    task.turns += 1
    task.lastTurn = call
    if (task.applied.size > 0) judge.trigger()
  },
  also: {
    'effect.applied': ({ rules, ledger }, event, judge) => {
      const task = effectsOf(rules, event.task)
      const first = task.applied.get(event.effect.key)
      if (!first) {
        task.applied.set(event.effect.key, { event, turns: task.turns })
        return
      }
      if (first.turns === task.turns || !task.lastTurn) return
      const source = ledger.chain.nameOf(task.lastTurn.places[0] ?? -1)
      judge.violate({
        sentence: `effect ${quote(event.effect.key)} was applied at ${inSeconds(first.event.at)} by call ${first.event.call} and again at ${inSeconds(event.at)} by call ${event.call}, after ${taskWords(ledger.lineOf(event))} had turned to source ${quote(source)} (call ${task.lastTurn.call})`,
        at: event.at,
        calls: [...new Set([first.event.call, task.lastTurn.call, event.call])],
      })
    },
  },
})

function effectsOf(tasks: Map<number, TaskEffects>, task: number): TaskEffects {
  return getOrCreate(tasks, task, () => ({ applied: new Map(), turns: 0, lastTurn: null, lastPlaces: [] }))
}
