import { defineProperty } from '../define-property.ts'
import { mayCarryKey } from '../may-carry-key.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

interface Applied {
  readonly call: number
  readonly at: number
}

interface State {
  readonly effectful: ReadonlySet<string>
  readonly applied: Map<string, Applied>
  /** The calls of effectful tools, by their number. */
  readonly calls: Map<number, EffectfulCall>
}

interface EffectfulCall {
  /** Its ordinal in its logical call, from 1. */
  readonly attempt: number
  readonly idempotencyKey: string | null
  /** Whether the request has headers at all, so that it could have carried a key. */
  readonly mayCarryKey: boolean
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
    return effectful.size > 0 ? { effectful, applied: new Map(), calls: new Map() } : null
  },
  on: {
    'request.sent': (state, event, judge) => {
      if (!event.tool || !state.effectful.has(event.tool.name)) return
      judge.trigger()
      const { call, attempt, idempotencyKey } = event
      state.calls.set(call, { attempt, idempotencyKey, mayCarryKey: mayCarryKey(event) })
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
      const { attempt = 1 } = state.calls.get(event.call) ?? {}
      const how = attempt === 1 ? '' : `, attempt ${attempt} of a call that it had already made`
      judge.violate({
        sentence: `effect ${quote(key)} of tool ${quote(tool)} was applied at ${inSeconds(first.at)} by call ${first.call} and again at ${inSeconds(event.at)} by call ${event.call}${how}${keysWords(state, first.call, event.call)}`,
        at: event.at,
        calls: first.call === event.call ? [event.call] : [first.call, event.call],
      })
    },
  },
})

/** What the keys of the two calls say of the cause; nothing where one call caused both effects. */
function keysWords({ calls }: State, first: number, second: number): string {
  const [one, other] = [calls.get(first), calls.get(second)]
  if (first === second || !one?.mayCarryKey || !other?.mayCarryKey) return ''
  const [key, otherKey] = [one.idempotencyKey, other.idempotencyKey]
  if (key === null && otherKey === null) return '; neither carried an idempotency key'
  if (key === null || otherKey === null) {
    return `; only call ${key === null ? second : first} carried an idempotency key`
  }
  if (key !== otherKey) return '; they carried different idempotency keys'
  return '; both carried the same idempotency key, so the service does not honour it'
}
