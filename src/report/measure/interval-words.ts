import type { MeasuredRate } from '../../objectives/measured-rate.ts'
import type { MeasureResult } from '../../results/measure-schema.ts'
import { percent, percentRange } from '../../results/percent.ts'

type Basis = MeasuredRate['basis']

/** What the interval that decides a verdict is called, with the tasks that it speaks of. */
export const intervalNames: Readonly<Record<Basis, string>> = {
  trials: '95 %, these tasks',
  tasks: '95 %, tasks like these',
  'any time': '95 %, these tasks',
}

/** An interval of a share, and what it says. */
interface IntervalKind {
  readonly name: string
  readonly meaning: string
}

/** The intervals of task success side by side: the one that decides, and what others would say of the same counts. */
export interface IntervalsTable {
  /** The one that decides first. */
  readonly kinds: readonly IntervalKind[]
  /** A cell for each kind. */
  readonly rows: readonly { readonly condition: string; readonly share: string; readonly cells: readonly string[] }[]
}

const deciding: Readonly<Record<Basis, IntervalKind>> = {
  trials: {
    name: 'Decides: exact, these tasks',
    meaning:
      'Clopper and Pearson. It never falls short of 95 %, and speaks of the tasks of this scenario alone: it says nothing of tasks that are not among them.',
  },
  tasks: {
    name: 'Decides: tasks like these',
    meaning:
      'Korn and Graubard, because the scenario asks for it: its tasks are taken for a sample of what will be asked.',
  },
  'any time': {
    name: 'Decides: sequence, these tasks',
    meaning:
      'A confidence sequence, because this measure ends as soon as everything is decided: it holds however often one looks, and speaks of the tasks of this scenario alone.',
  },
}

const closest: IntervalKind = {
  name: 'Wilson, these tasks',
  meaning: 'The closest to 95 % on average, sometimes less. Many tools show it; it decides nothing here.',
}

const likeThese: IntervalKind = {
  name: 'Tasks like these',
  meaning:
    'Korn and Graubard, clustered by task: what somebody may meet who asks something similar. Repeats of a task tell little of another one, so that few tasks leave it wide however many trials there are.',
}

/** The intervals of task success under each condition; none where nothing was counted. */
export function intervalsTable({ conditions }: Pick<MeasureResult, 'conditions'>): IntervalsTable[] {
  const counted = conditions.flatMap(({ name, measures: { taskSuccess }, consistency }) => {
    const { rate, exact, wilson, basis } = taskSuccess
    if (rate === null || exact === null || wilson === null) return []
    const clustered = consistency?.taskSuccess.interval ?? null
    return [{ name, share: percent(rate), basis, exact, wilson, clustered }]
  })
  const basis = counted[0]?.basis
  if (basis === undefined) return []
  const isClustered = basis !== 'tasks' && counted.some(({ clustered }) => clustered !== null)
  return [
    {
      kinds: [deciding[basis], ...(isClustered ? [likeThese] : []), closest],
      rows: counted.map(({ name, share, exact, wilson, clustered }) => ({
        condition: name,
        share,
        cells: [
          percentRange(exact),
          ...(isClustered ? [clustered === null ? '–' : percentRange(clustered)] : []),
          percentRange(wilson),
        ],
      })),
    },
  ]
}
