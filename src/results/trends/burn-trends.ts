import { type BurnAlert, burnAlerts } from '../../objectives/budgets/burn-alerts.ts'
import type { BurnRate, CountedEvents } from '../../objectives/budgets/burn-rate.ts'
import { type BudgetTerms, usualBudgetTerms } from '../budgets/budget-terms.ts'
import { objectiveBudgets } from '../budgets/objective-budgets.ts'
import type { MeasureResult } from '../measure-schema.ts'
import type { ScenarioResult } from '../results-schema.ts'
import type { RunOfScenario } from './comparable-runs.ts'
import { isSameData } from './same-data.ts'
import type { BurnTrend, BurnWindowPair, WindowCounts } from './trends.ts'

/** When the runs took place, in milliseconds since 1970, and the period of the objectives. */
export interface BurnTerms {
  readonly times: readonly number[]
  readonly periodMs: number
}

/** A run of a scenario that measured. */
interface MeasuredRun {
  readonly run: number
  readonly measure: MeasureResult
}

/**
 * How fast the error budgets of a scenario burn: every run is so many events at its date.
 *
 * The very trials of a later run say nothing new; they count once, at the later date. None where no other trials are left.
 */
export function burnTrends(current: ScenarioResult, runs: readonly RunOfScenario[], terms: BurnTerms): BurnTrend[] {
  if (current.measure === null) return []
  const { objectives, dependencies } = current.measure
  const promised = new Map(dependencies.map(({ dependency }) => [dependency.upstream, dependency]))
  const budgetTerms: BudgetTerms = { ...usualBudgetTerms, dependencies: [...promised.values()] }
  const { distinct, repeated } = distinctRuns(runs)
  if (distinct.length < 2) return []
  const budgets = distinct.map(({ run, measure }) => ({
    run,
    budgets: objectiveBudgets(objectives, measure.conditions, budgetTerms),
  }))
  return (budgets.at(-1)?.budgets ?? []).map(({ objective, condition, target }) => {
    const series = budgets.flatMap(({ run, budgets: ofRun }) => {
      const budget = ofRun.find((each) => each.condition === condition && isSameData(each.objective, objective))
      return budget === undefined ? [] : [{ run, events: eventsOf(budget, terms.times[run] ?? 0) }]
    })
    const at = series.at(-1)?.events.at ?? 0
    const events = series.map((each) => each.events)
    const windows = burnAlerts(events, { target, at, periodMs: terms.periodMs }).map(windowPair)
    const counted = series.map(({ run }) => run)
    return { scenario: current.name, objective, condition, target, runs: counted, repeated, windows }
  })
}

function distinctRuns(runs: readonly RunOfScenario[]): { distinct: MeasuredRun[]; repeated: number[] } {
  const measured = runs.flatMap(({ run, scenario: { measure }, isMeasuredAlike }): MeasuredRun[] =>
    measure === null || !isMeasuredAlike ? [] : [{ run, measure }],
  )
  const isRepeated = ({ run, measure }: MeasuredRun): boolean =>
    measured.some((later) => later.run > run && later.measure.traceHash === measure.traceHash)
  return {
    distinct: measured.filter((each) => !isRepeated(each)),
    repeated: measured.filter(isRepeated).map(({ run }) => run),
  }
}

function eventsOf(
  { good, bad, excluded }: { good: number; bad: number; excluded: Readonly<Record<string, number>> },
  at: number,
): CountedEvents & { at: number } {
  return { at, good, bad, excluded: Object.values(excluded).reduce((sum, count) => sum + count, 0) }
}

function windowPair({ rule, long, short, ...alert }: BurnAlert): BurnWindowPair {
  const { severity, longMs, shortMs } = rule
  return { severity, longMs, shortMs, ...alert, long: countsOf(long), short: countsOf(short) }
}

/** JSON has no infinity. */
function countsOf({ good, bad, excluded, rate }: BurnRate): WindowCounts {
  return { good, bad, excluded, rate: rate === Infinity ? 'infinite' : rate }
}
