import { defineProperty } from '../define-property.ts'
import { inSeconds } from '../virtual-time.ts'
import { declaredAccuracy } from './declared-accuracy.ts'

/** A1: an agent that declares accuracies declares one for each answer, be it that it does not know. */
export const accuracyPresence = defineProperty<Record<string, never>>({
  id: 'A1',
  name: 'accuracy.presence',
  kind: 'safety',
  statement: 'Each answer carries the accuracy that the agent declares for it, a share or `unknown`.',
  applies: 'where the profile declares `accuracy`.',
  outlivesProcess: true,
  start: ({ profile }) => (profile.accuracy === undefined ? null : {}),
  on: {
    'task.ended': (_state, { outcome, id, at }, judge) => {
      if (outcome.answer === null) return
      judge.trigger()
      if (declaredAccuracy(outcome) !== null) return
      judge.violate({
        sentence: `task "${id}" was answered at ${inSeconds(at)} without a declared accuracy`,
        at,
        calls: [],
      })
    },
  },
})
