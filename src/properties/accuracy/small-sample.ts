import { defineProperty } from '../define-property.ts'
import { inSeconds } from '../virtual-time.ts'
import { declaredAccuracy } from './declared-accuracy.ts'

/** A10: a handful of trials supports no number. */
export const accuracySmallSample = defineProperty<{ readonly minimumTrials: number }>({
  id: 'A10',
  name: 'accuracy.small_sample',
  kind: 'safety',
  statement:
    'No share is declared on evidence of fewer trials than the declared minimum; such an answer says `unknown`.',
  applies: 'where the profile declares `accuracy`.',
  outlivesProcess: true,
  start: ({ profile }) => profile.accuracy ?? null,
  on: {
    'task.ended': ({ minimumTrials }, { outcome, id, at }, judge) => {
      const declared = declaredAccuracy(outcome)
      if (declared?.evidence === null || declared === null) return
      judge.trigger()
      const { trials } = declared.evidence
      if (trials >= minimumTrials) return
      judge.violate({
        sentence: `task "${id}" was answered at ${inSeconds(at)} with the declared accuracy ${declared.value} on ${trials} trials, where ${minimumTrials} are the declared minimum`,
        at,
        calls: [],
      })
    },
  },
})
