import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

interface Applied {
  readonly call: number
  readonly at: number
}

interface State {
  readonly effectful: ReadonlySet<string>
  readonly applied: Map<string, Applied>
  /** Ordinals of the attempts that are retries, by call. */
  readonly retries: Map<number, number>
}

/** L11: no logical effect is applied twice. */
export const atMostOnce = defineProperty<State>({
  id: 'L11',
  name: 'effects.at-most-once',
  kind: 'safety',
  statement:
    'No effect is applied twice in a trial: the back ends never report two effects with one key, whatever was retried after a timeout, a reset or a server error. An effect that an outcome claims has been applied once by then.',
  applies: 'where the profile declares effectful tools (`tools.effectful`).',
  outlivesProcess: true,
  start: ({ profile }) => {
    const effectful = new Set(profile.tools?.effectful)
    return effectful.size > 0 ? { effectful, applied: new Map(), retries: new Map() } : null
  },
  on: {
    'request.sent': (state, event, judge) => {
      if (!event.tool || !state.effectful.has(event.tool.name)) return
      judge.trigger()
      if (event.attempt > 1) state.retries.set(event.call, event.attempt)
    },
    'task.ended': (state, event, judge) => {
      const missing = event.outcome.claims?.effects?.find((key) => !state.applied.has(key))
      if (missing === undefined) return
      judge.violate({
        sentence: `task ${quote(event.id)} claimed at ${inSeconds(event.at)} to have caused effect ${quote(missing)} once, but it was applied by no call`,
        at: event.at,
        calls: [],
      })
    },
    'effect.applied': (state, event, judge) => {
      const { key, tool } = event.effect
      const first = state.applied.get(key)
      if (!first) {
        state.applied.set(key, { call: event.call, at: event.at })
        return
      }
      const attempt = state.retries.get(event.call)
      const how = attempt === undefined ? '' : `, attempt ${attempt} of a call that it had already made`
      judge.violate({
        sentence: `effect ${quote(key)} of tool ${quote(tool)} was applied at ${inSeconds(first.at)} by call ${first.call} and again at ${inSeconds(event.at)} by call ${event.call}${how}`,
        at: event.at,
        calls: first.call === event.call ? [event.call] : [first.call, event.call],
      })
    },
  },
})
