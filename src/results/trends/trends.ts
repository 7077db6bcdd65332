import type { DeclaredCheck } from '../../objectives/judge-declaration.ts'
import type { BudgetCounts } from '../../objectives/budgets/budget-counts.ts'
import type { BurnAlert } from '../../objectives/budgets/burn-alerts.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import type { Interval } from '../../statistics/interval.ts'
import type { DeclarationCheck, ObjectiveResult } from '../measure-schema.ts'
import type { Results, Status } from '../results-schema.ts'

/** The results of a run, and when it took place. */
export interface DatedResults {
  /** What the run is called: its path below the folder of earlier results. */
  readonly name: string
  /** ISO 8601, UTC; the start of the run, or midnight where only its day is known. */
  readonly at: string
  /** The commit that was checked out, as `commitOf` says it; null where nobody wrote it down. */
  readonly commit: string | null
  readonly results: Results
}

/** What earlier runs and this one come to together, as plain data: every rendering is made of it. */
export interface Trends {
  readonly format: 'shakedown-trends'
  readonly version: 1
  /** The earlier runs in the order of their dates, and this one last. Everything below names them by their index. */
  readonly runs: readonly TrendRun[]
  /** What does not enter a series, and why, in sentences without their full stops. */
  readonly leftOut: readonly LeftOut[]
  /** Each objective and each declared value over the runs. */
  readonly lines: readonly TrendLine[]
  /** How fast the error budget of each objective burns over the runs; only where there is an earlier one. */
  readonly burns: readonly BurnTrend[]
  /** What became of each violation since the run before. */
  readonly findings: readonly FindingHistory[]
  /** The period of the objectives, in milliseconds: the windows of the alerts scale with it. */
  readonly periodMs: number
}

export interface TrendRun extends Omit<DatedResults, 'results'> {
  readonly seed: number
  readonly status: Status
}

export interface LeftOut {
  /** The name of the run or file. */
  readonly name: string
  /** The scenario that does not enter; null for the whole run. */
  readonly scenario: string | null
  readonly sentence: string
}

/** One figure over the runs, and the level that it is held against. */
export interface TrendLine {
  readonly scenario: string
  readonly condition: string
  /** What it is a figure of: an objective, or a declared value. */
  readonly of: { readonly objective: Objective } | { readonly declared: DeclaredFigure }
  /** `difference` is one of shares, −1 to 1; `number` has the unit of its objective. */
  readonly unit: 'share' | 'difference' | 'number'
  readonly level: number
  /** Whether the figure shall be at least the level, or at most. */
  readonly side: 'at least' | 'at most'
  /** What this run says of it. */
  readonly verdict: ObjectiveResult['verdict'] | DeclarationCheck['verdict']
  /** The currency of a cost; null for anything else. */
  readonly currency: string | null
  /** One a run in which it was measured, in their order. */
  readonly points: readonly TrendPoint[]
}

export type DeclaredFigure = Pick<DeclaredCheck, 'metric' | 'value' | 'stratum'> & { readonly version: string }

export interface TrendPoint extends Figure {
  /** Index of the run. */
  readonly run: number
}

/** A figure as one run measured it; bounds are rounded outwards to six digits. */
export interface Figure {
  readonly value: number
  /** Two-sided 95 %, the one that decides; null where too few tasks back it. */
  readonly interval: Interval | null
  /** Of a share: those that count. Null for a mean or a difference. */
  readonly count: number | null
  /** Tasks or trials behind it. */
  readonly size: number
}

/** How fast the error budget of one objective burns. */
export interface BurnTrend {
  readonly scenario: string
  readonly objective: Objective
  readonly condition: string
  readonly target: number
  /** Runs whose events are counted, by index; the very trials of a later run are not counted twice. */
  readonly runs: readonly number[]
  readonly repeated: readonly number[]
  readonly windows: readonly BurnWindowPair[]
}

/** One rule of burn-rate alerts at the moment of this run. */
export interface BurnWindowPair extends Omit<BurnAlert, 'rule' | 'long' | 'short'> {
  readonly severity: 'page' | 'ticket'
  readonly longMs: number
  readonly shortMs: number
  readonly long: WindowCounts
  readonly short: WindowCounts
}

export interface WindowCounts extends BudgetCounts {
  /** Times faster than the target allows; null without events, `infinite` for a failure where none is allowed. */
  readonly rate: number | 'infinite' | null
}

/** What one property of one scenario came to, run by run. */
export interface FindingHistory {
  readonly scenario: string
  /** Property ID. */
  readonly property: string
  /** Its name. */
  readonly name: string
  /**
   * `new`: violated now and not before; `still failing`: in both; `fixed`: only before; `flaky`: it went away once and
   * came back; `not judged`: violated before, and this run cannot say.
   */
  readonly state: 'new' | 'still failing' | 'fixed' | 'flaky' | 'not judged'
  /** What this run says; null where it cannot. */
  readonly now: Observation | null
  /** Whether somebody accepted it in this run. */
  readonly isAccepted: boolean
  /** Index of the run since which it has failed without a break; null where it does not fail now. */
  readonly since: number | null
  /** What each run says, in the order of the runs that can be compared. */
  readonly seen: readonly { readonly run: number; readonly what: Observation | null }[]
}

export type Observation = 'violated' | 'holds'
