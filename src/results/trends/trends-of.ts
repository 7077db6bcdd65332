import { usualPeriodMs } from '../../objectives/budgets/burn-rule.ts'
import type { ScenarioResult } from '../results-schema.ts'
import { burnTrends } from './burn-trends.ts'
import { seriesOf } from './comparable-runs.ts'
import { findingHistories } from './finding-histories.ts'
import { trendLines } from './trend-lines.ts'
import type { DatedResults, LeftOut, Trends } from './trends.ts'

/** Earlier runs as they were found. */
export interface EarlierRuns {
  readonly runs: readonly DatedResults[]
  /** Files that hold no results that can be read, and why. */
  readonly unreadable: readonly LeftOut[]
}

/**
 * What earlier runs and this one come to together.
 *
 * From the results and their dates alone: the same runs give the same trends, in whatever order they were found.
 *
 * @param periodMs the period of the objectives; default 30 days
 */
export function trendsOf(current: DatedResults, earlier: EarlierRuns, periodMs = usualPeriodMs): Trends {
  const { runs: before, leftOut } = usableRuns(current, earlier.runs)
  const runs = [...before, current]
  const series = current.results.scenarios.map((scenario) => ({ scenario, ...seriesOf(scenario, runs) }))
  const times = runs.map(({ at }) => Date.parse(at))
  return {
    format: 'shakedown-trends',
    version: 1,
    runs: runs.map(({ name, at, commit, results: { seed, verdict } }) => ({
      ...{ name, at, commit, seed },
      status: verdict.status,
    })),
    leftOut: [...earlier.unreadable, ...leftOut, ...series.flatMap((each) => each.leftOut)],
    lines: series.flatMap(({ scenario, runs: ofScenario }) => trendLines(scenario, ofScenario)),
    burns: series.flatMap(({ scenario, runs: ofScenario }) => burnTrends(scenario, ofScenario, { times, periodMs })),
    findings: series.flatMap(({ scenario, runs: ofScenario }) => findingHistories(scenario, ofScenario)),
    periodMs,
  }
}

/** The runs before this one in the order of their dates, each once; those of one moment by their names. */
function usableRuns(
  current: DatedResults,
  found: readonly DatedResults[],
): { readonly runs: DatedResults[]; readonly leftOut: LeftOut[] } {
  const runs: DatedResults[] = []
  const leftOut: LeftOut[] = []
  for (const run of found.toSorted(byDate)) {
    const sentence = whyNot(run, current, runs)
    if (sentence === null) runs.push(run)
    else if (!isSameRun(run, current)) leftOut.push({ name: run.name, scenario: null, sentence })
  }
  return { runs, leftOut }
}

function whyNot(run: DatedResults, current: DatedResults, before: readonly DatedResults[]): string | null {
  const { status } = run.results.verdict
  if (Date.parse(run.at) >= Date.parse(current.at)) return `it is of ${run.at}, which is not before this run`
  if (status === 'harness failure') return 'the harness failed in it, so that it cannot be trusted'
  const same = before.find((other) => isSameRun(run, other))
  return same === undefined ? null : `it is the same run as ${same.name}`
}

function byDate(one: DatedResults, other: DatedResults): number {
  return Date.parse(one.at) - Date.parse(other.at) || (one.name < other.name ? -1 : 1)
}

/** Two files may hold one run, e.g. where its report was kept as well. */
function isSameRun(one: DatedResults, other: DatedResults): boolean {
  return one.at === other.at && identityOf(one) === identityOf(other)
}

function identityOf({ results: { seed, scenarios } }: DatedResults): string {
  const prints = ({ name, search, measure }: ScenarioResult): unknown[] => [
    name,
    search?.traceHash ?? null,
    measure?.traceHash ?? null,
  ]
  return JSON.stringify([seed, scenarios.map(prints)])
}
