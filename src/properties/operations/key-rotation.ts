import { z } from 'zod'
import { isTargeted } from '../../contract/call-target.ts'
import { epochMs } from '../../contract/epoch.ts'
import type { RequestFailed, RequestSent, RequestAborted, ResponseEnd } from '../../contract/event.ts'
import type { KeysProfile } from '../../contract/operations-profile.ts'
import type { Judge } from '../../contract/property.ts'
import { callWords } from '../call-words.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

interface State {
  readonly declared: KeysProfile
  /** Counts the keys that were given out. */
  generation: number
  /** When the newest key came, and when it expires; infinite where nobody says. */
  givenAt: number
  expiresAt: number
  /** The call with the newest key that was refused first. */
  refused: { readonly call: number; readonly task: number; readonly at: number } | null
  /** Requests for a key that are under way; whether each is for a new one. */
  readonly asking: Map<number, boolean>
  /** When a request for a new key ended last. */
  rotatedAt: number
  /** The generation with which each guarded call began. */
  readonly calls: Map<number, number>
  /** Whether the wall clock was set, by which keys expire. */
  hasJumped: boolean
}

/** O3: keys are rotated when they have to be, and only then. */
export const keyRotation = defineProperty<State>({
  id: 'O3',
  name: 'operations.key-rotation',
  kind: 'safety',
  statement:
    'No guarded call begins with a key that is known to be refused or expired: after a 401 to a call with the newest key, or once that key has expired, a new one is asked for before the next call, unless that was tried within the declared `pauseMs`. And a new key is asked for once: not while that is done already, not within `pauseMs` of a failure, and not before the newest key was refused, where it does not expire. Calls of other tasks at the very moment of the 401 are excepted. What a key is does not show, so that a key that is not used does not either, but as a 401.',
  applies: 'where the profile declares `keys`; exercised by a 401 or a key that expires.',
  start: ({ profile: { keys } }) =>
    keys
      ? {
          ...{ declared: keys, generation: 0, givenAt: -Infinity, expiresAt: Infinity, refused: null },
          ...{ asking: new Map(), rotatedAt: -Infinity, calls: new Map(), hasJumped: false },
        }
      : null,
  on: {
    'clock.jumped': (state) => void (state.hasJumped = true),
    'request.sent': (state, event, judge) => {
      if (event.upstream === state.declared.source) return asked(state, event, judge)
      if (isTargeted(state.declared.guards, event)) called(state, event, judge)
    },
    'response.end': (state, event, judge) => {
      if (state.asking.has(event.call)) return given(state, event)
      const generation = state.calls.get(event.call)
      state.calls.delete(event.call)
      // It is taken after all: the refusal was another one's mistake.
      if (event.class === 'success' && generation === state.generation) state.refused = null
      if (event.status !== 401 || generation !== state.generation) return
      judge.trigger()
      state.refused ??= { call: event.call, task: event.task, at: event.at }
    },
    'request.failed': gaveNothing,
    'request.aborted': gaveNothing,
  },
})

function called(state: State, event: RequestSent, judge: Judge): void {
  const { call, task, at } = event
  state.calls.set(call, state.generation)
  const { refused, expiresAt, declared } = state
  const isExpired = !state.hasJumped && at >= expiresAt
  const isRefused = refused !== null && (refused.at < at || refused.task === task)
  if (isExpired) judge.trigger()
  if (!isExpired && !isRefused) return
  const isTried = [...state.asking.values()].includes(true) || at - state.rotatedAt < declared.pauseMs
  if (isTried) return
  const why = isRefused
    ? `call ${refused.call} had been answered 401 at ${inSeconds(refused.at)}`
    : `its key had expired at ${inSeconds(expiresAt)}`
  const sentence = `${callWords(event)} was sent at ${inSeconds(at)}, but ${why} and no new key had been asked for since`
  judge.violate({ sentence, at, calls: [...(isRefused ? [refused.call] : []), call] })
}

function asked(state: State, { call, at, method }: RequestSent, judge: Judge): void {
  const isNew = method === 'POST'
  const { asking, declared, refused, expiresAt, rotatedAt, hasJumped } = state
  const isAsking = [...asking.values()].includes(true)
  asking.set(call, isNew)
  if (!isNew) return
  const because = isAsking
    ? 'another one was being asked for'
    : at - rotatedAt < declared.pauseMs && state.givenAt < rotatedAt
      ? `that had failed at ${inSeconds(rotatedAt)}`
      : refused === null && expiresAt === Infinity && !hasJumped
        ? 'no call with the newest key had been answered 401, and it does not expire'
        : null
  if (because === null) return
  judge.violate({
    sentence: `a new key was asked of ${quote(declared.source)} at ${inSeconds(at)}, but ${because}`,
    at,
    calls: [call],
  })
}

const keySchema = z.looseObject({ expiresAtMs: z.number().optional() })

function given(state: State, { call, at, class: outcome, body }: ResponseEnd): void {
  const isNew = state.asking.get(call) === true
  state.asking.delete(call)
  if (isNew) state.rotatedAt = at
  const key = outcome === 'success' ? read(body) : undefined
  if (!key) return
  state.generation += 1
  state.givenAt = at
  state.expiresAt = key.expiresAtMs === undefined ? Infinity : key.expiresAtMs - epochMs
  state.refused = null
}

function gaveNothing(state: State, { call, at }: RequestFailed | RequestAborted): void {
  if (state.asking.get(call) === true) state.rotatedAt = at
  state.asking.delete(call)
  state.calls.delete(call)
}

function read(body: string): z.output<typeof keySchema> | undefined {
  try {
    return keySchema.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
