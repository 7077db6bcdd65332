import type { EffectApplied, TaskEnded } from '../../contract/event.ts'
import type { Judge } from '../../contract/property.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

/** An effect whose call was answered with success. */
interface Told {
  readonly applied: EffectApplied
  readonly answeredAt: number
}

interface State {
  /** Keys of all effects applied so far. */
  readonly applied: Set<string>
  /** Effects of calls that are still under way. */
  readonly open: Map<number, EffectApplied[]>
  readonly struck: Set<number>
  /** Effects of each task of which the agent was told. */
  readonly told: Map<number, Told[]>
}

/** L12: what an agent says it has done is done, and what it was told is done it does not deny. */
export const claimTruth = defineProperty<State>({
  id: 'L12',
  name: 'effects.claim-truth',
  kind: 'safety',
  statement:
    'Every effect that an outcome claims has been applied by then. Where an outcome claims effects at all, or makes any claim and stops with something else than `end_turn`, it claims every effect of the task whose call was answered with success and struck by no fault. Any other effect is unknown to the agent, as is one of the very moment of a cancellation or deadline, and may be claimed or not.',
  applies: 'where the profile declares effectful tools (`tools.effectful`).',
  outlivesProcess: true,
  start: ({ profile }) =>
    (profile.tools?.effectful.length ?? 0) > 0
      ? { applied: new Set(), open: new Map(), struck: new Set(), told: new Map() }
      : null,
  on: {
    'fault.injected': ({ struck }, event) => void struck.add(event.call),
    // The next instance has been told nothing.
    'process.killed': ({ open, told }) => {
      open.clear()
      told.clear()
    },
    'effect.applied': ({ applied, open }, event) => {
      applied.add(event.effect.key)
      getOrCreate(open, event.call, (): EffectApplied[] => []).push(event)
    },
    'response.end': ({ open, struck, told }, event) => {
      const effects = open.get(event.call) ?? []
      open.delete(event.call)
      if (event.class !== 'success' || struck.has(event.call)) return
      const known = getOrCreate(told, event.task, (): Told[] => [])
      for (const applied of effects) known.push({ applied, answeredAt: event.at })
    },
    'task.ended': (state, event, judge) => {
      const { claims, stop } = event.outcome
      if (!claims || (claims.effects === undefined && stop === 'end_turn')) return
      const isCut = stop === 'cancelled' || stop === 'deadline'
      const told = (state.told.get(event.task) ?? []).filter(({ answeredAt }) => !isCut || answeredAt < event.at)
      const claimed = claims.effects ?? []
      if (told.length + claimed.length > 0) judge.trigger()
      judgeClaimed(state, event, claimed, judge)
      judgeDenied(event, claimed, told, judge)
    },
  },
})

function judgeClaimed({ applied }: State, event: TaskEnded, claimed: readonly string[], judge: Judge): void {
  const invented = claimed.find((key) => !applied.has(key))
  if (invented === undefined) return
  judge.violate({
    sentence: `task ${quote(event.id)} claimed effect ${quote(invented)} at ${inSeconds(event.at)}, but no back end had applied it`,
    at: event.at,
    calls: [],
  })
}

function judgeDenied(event: TaskEnded, claimed: readonly string[], told: readonly Told[], judge: Judge): void {
  const denied = told.find(({ applied }) => !claimed.includes(applied.effect.key))?.applied
  if (!denied) return
  judge.violate({
    sentence: `task ${quote(event.id)} ended at ${inSeconds(event.at)} with ${quote(event.outcome.stop)} and the claimed effects ${quote(claimed)}, but call ${denied.call} had applied ${quote(denied.effect.key)} at ${inSeconds(denied.at)} and was answered with success`,
    at: event.at,
    calls: [denied.call],
  })
}
