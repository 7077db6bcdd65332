import { catalogueMember } from '../../faults/catalogue.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import {
  type Answered,
  concludeStrata,
  declaredOf,
  noteAnswer,
  noteGarbled,
  nothingAnswered,
  sampleAnswer,
} from './strata.ts'

interface Struck {
  readonly answered: Answered
  /** The fault families that struck each task. */
  readonly families: Map<number, Set<string>>
}

/** A4: nor does it do so under any kind of fault. */
export const accuracyUnderFault = defineProperty<Struck>({
  id: 'A4',
  name: 'accuracy.over_claim_under_fault',
  kind: 'statistical',
  statement:
    'The same as A3 for each fault family apart: an accuracy that holds on good days and is declared on bad ones must hold on bad ones. A task counts for each family that struck its calls.',
  applies: 'where the profile declares `accuracy`.',
  outlivesProcess: true,
  start: ({ profile }) =>
    profile.accuracy === undefined ? null : { answered: nothingAnswered(), families: new Map() },
  on: {
    'fault.injected': ({ answered, families }, event) => {
      const { task, id } = event
      noteGarbled(answered, event)
      getOrCreate(families, task, () => new Set<string>()).add(catalogueMember(id).family)
    },
    'task.ended': ({ answered }, event) => noteAnswer(answered, event),
    'task.graded': ({ answered, families }, { task, problem }, judge) => {
      const declared = declaredOf(answered, task)
      if (!declared) return
      for (const family of families.get(task) ?? []) {
        sampleAnswer(judge, `${declared.stratum} under ${family}`, declared.value, problem === null)
      }
    },
  },
  conclude: (samples, { profile }) => concludeStrata(samples, profile.accuracy?.tolerance ?? 0),
})
