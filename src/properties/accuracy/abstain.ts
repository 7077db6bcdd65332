import { defineProperty } from '../define-property.ts'
import { inSeconds } from '../virtual-time.ts'
import { declaredAccuracy } from './declared-accuracy.ts'

interface State {
  /** Tasks in which an upstream has answered well. */
  readonly supported: Set<number>
  /** Sources that reuse earlier answers. */
  readonly caches: ReadonlySet<string>
}

/** A7: an answer that nothing supports is not declared to be right. */
export const accuracyAbstain = defineProperty<State>({
  id: 'A7',
  name: 'accuracy.abstain',
  kind: 'safety',
  statement:
    'An answer in whose task no upstream answered well is declared `unknown` or 0. An answer from the cache rests on the one that it repeats.',
  applies: 'where the profile declares `accuracy`.',
  outlivesProcess: true,
  start: ({ profile }) =>
    profile.accuracy === undefined
      ? null
      : {
          supported: new Set(),
          caches: new Set(
            profile.fallback?.chain.flatMap(({ source, cache }) => (cache === undefined ? [] : [source])) ?? [],
          ),
        },
  on: {
    'response.end': ({ supported }, { task, class: outcomeClass }) => {
      if (outcomeClass === 'success') supported.add(task)
    },
    'task.ended': ({ supported, caches }, { task, outcome, id, at }, judge) => {
      if (outcome.answer === null || supported.has(task) || caches.has(outcome.claims?.source ?? '')) return
      judge.trigger()
      const value = declaredAccuracy(outcome)?.value ?? 0
      if (value === 0) return
      judge.violate({
        sentence: `task "${id}" was answered at ${inSeconds(at)} with the declared accuracy ${value}, though no upstream had answered well on its behalf`,
        at,
        calls: [],
      })
    },
  },
})
