import { quantity } from './quantity.ts'
import type { Incident } from './incidents/incident-schema.ts'
import type { Status } from './results-schema.ts'

/** How a verdict is reached. */
export interface VerdictOptions {
  /** The day of the run, `YYYY-MM-DD`: acceptances and declarations expire by it. */
  readonly today: string
  /** Whether what was never exercised makes a run inconclusive (`fail`) or is shown only (`allow`). */
  readonly vacuous: 'fail' | 'allow'
  /** Days before a declaration expires on which a run begins to warn; default 14. */
  readonly expiryWarningDays?: number
  /** File of a scenario that was ended at its first failure: what it never exercised says nothing. */
  readonly endedEarly?: string | undefined
}

/** What a reason is about. */
type About =
  | 'problem'
  | 'fault-free run'
  | 'finding'
  | 'refuted value'
  | 'unmeasured value'
  | 'missed objective'
  | 'gating alert'
  | 'vacuous property'
  | 'idle fault family'
  | 'idle condition'
  | 'nothing judged'
  | 'undecided value'
  | 'invalid declaration'
  | 'undecided objective'
  | 'regression'
  | 'undecided comparison'
  | 'refused comparison'

/** The same in words for readers. */
const nouns: Readonly<Record<About, readonly [singular: string, plural: string]>> = {
  problem: ['problem of the run itself', 'problems of the run itself'],
  'fault-free run': ['failed fault-free run', 'failed fault-free runs'],
  finding: ['finding', 'findings'],
  'refuted value': ['refuted declared value', 'refuted declared values'],
  'unmeasured value': ['declared value that nothing measures', 'declared values that nothing measures'],
  'gating alert': ['alert that gates', 'alerts that gate'],
  'missed objective': ['missed objective', 'missed objectives'],
  'vacuous property': ['property never put to the test', 'properties never put to the test'],
  'idle fault family': ['fault family that never struck', 'fault families that never struck'],
  'idle condition': ['condition whose faults never struck', 'conditions whose faults never struck'],
  'nothing judged': ['scenario with nothing judged', 'scenarios with nothing judged'],
  'undecided value': ['undecided declared value', 'undecided declared values'],
  'invalid declaration': ['declaration out of its dates', 'declarations out of their dates'],
  'undecided objective': ['undecided objective', 'undecided objectives'],
  regression: ['regression', 'regressions'],
  'undecided comparison': ['undecided comparison', 'undecided comparisons'],
  'refused comparison': ['refused comparison', 'refused comparisons'],
}

/** Something that keeps a scenario from passing. */
export interface Reason {
  readonly status: Exclude<Status, 'pass'>
  readonly about: About
  /** How many of what it is about. */
  readonly count: number
  readonly sentence: string
  /** The incident that it would be in service; absent where it would be none. */
  readonly opens?: Pick<Incident, 'source' | 'about'>
}

/** What reasons are about, counted: `1 finding and 2 properties never put to the test`. */
export function countReasons(reasons: readonly Reason[]): string {
  const counted = [...Map.groupBy(reasons, ({ about }) => about)].map(([about, ofKind]) =>
    quantity(
      ofKind.reduce((sum, { count }) => sum + count, 0),
      ...nouns[about],
    ),
  )
  return counted.join(' and ')
}
