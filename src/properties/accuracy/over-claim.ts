import { defineProperty } from '../define-property.ts'
import {
  type Answered,
  concludeStrata,
  declaredOf,
  noteAnswer,
  noteGarbled,
  nothingAnswered,
  sampleAnswer,
} from './strata.ts'

/** A3: over all trials, no kind of answer is right less often than the agent declares. */
export const accuracyOverClaim = defineProperty<Answered>({
  id: 'A3',
  name: 'accuracy.over_claim',
  kind: 'statistical',
  statement:
    'For no stratum do the graded answers of all trials refute the accuracy declared for them, by a test at α = 0.05 over all strata that may be read at any time. A task whose reply a fault has changed so that nobody could notice counts for none: what it says is the provider’s.',
  applies: 'where the profile declares `accuracy`.',
  outlivesProcess: true,
  start: ({ profile }) => (profile.accuracy === undefined ? null : nothingAnswered()),
  on: {
    'fault.injected': noteGarbled,
    'task.ended': noteAnswer,
    'task.graded': (answered, { task, problem }, judge) => {
      const declared = declaredOf(answered, task)
      if (declared) sampleAnswer(judge, declared.stratum, declared.value, problem === null)
    },
  },
  conclude: (samples, { profile }) => concludeStrata(samples, profile.accuracy?.tolerance ?? 0),
})
