import { allTasks, countedTasks, type ConditionCounts } from '../../objectives/condition-counts.ts'
import { shareOf } from '../../objectives/indicators/judge-indicator.ts'
import { type DeclaredCheck, judgeDeclaration } from '../../objectives/judge-declaration.ts'
import { judgeObjective } from '../../objectives/judge-objective.ts'
import type { MeasuredRate } from '../../objectives/measured-rate.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import { outwards, rounded } from '../../objectives/rounded-interval.ts'
import { conditionsOf, declarationResults } from '../declaration-result.ts'
import type { MeasureResult } from '../measure-schema.ts'
import type { ScenarioResult } from '../results-schema.ts'
import type { RunOfScenario } from './comparable-runs.ts'
import { isSameData } from './same-data.ts'
import type { Figure, TrendLine, TrendPoint } from './trends.ts'

/** A run of a scenario that measured, with its counts. */
interface MeasuredRun {
  readonly run: number
  readonly measure: MeasureResult
  readonly counts: readonly ConditionCounts[]
}

/** Every objective and every declared value of a scenario over the runs, held against what this run holds it against. */
export function trendLines(current: ScenarioResult, runs: readonly RunOfScenario[]): TrendLine[] {
  const { measure } = current
  if (measure === null) return []
  const measured = runs.flatMap(({ run, scenario, isMeasuredAlike }): MeasuredRun[] =>
    scenario.measure === null || !isMeasuredAlike
      ? []
      : [{ run, measure: scenario.measure, counts: conditionsOf(scenario.measure) }],
  )
  return [...objectiveLines(current.name, measure, measured), ...declaredLines(current, measured)]
}

function objectiveLines(scenario: string, measure: MeasureResult, runs: readonly MeasuredRun[]): TrendLine[] {
  return measure.objectives.map(({ objective, condition, verdict }) => ({
    scenario,
    condition,
    of: { objective },
    ...scaleOf(objective),
    verdict,
    currency: objective.measure === 'cost per task' ? (measure.prices?.currency ?? null) : null,
    points: pointsOf(runs, (run) => {
      if (objective.measure === 'cost per task' && !isSameData(run.measure.prices, measure.prices)) return null
      const counts = run.counts.find(({ name }) => name === condition)
      return counts === undefined ? null : figureOf(objective, counts)
    }),
  }))
}

function declaredLines(current: ScenarioResult, runs: readonly MeasuredRun[]): TrendLine[] {
  return declarationResults(current).flatMap(({ declaration, checks }) => {
    const seen = new Map(runs.map((run) => [run, judgeDeclaration(declaration, run.counts)]))
    return checks.flatMap(({ metric, value, stratum, condition, verdict }): TrendLine[] => {
      if (condition === null) return []
      const isThis = (check: DeclaredCheck): boolean =>
        check.metric === metric && check.stratum === stratum && check.condition === condition
      return [
        {
          ...{ scenario: current.name, condition, verdict },
          of: { declared: { metric, value, stratum, version: declaration.version } },
          ...{ unit: 'share', level: value, side: 'at least', currency: null },
          points: pointsOf(runs, (run) => rateFigure(seen.get(run)?.find(isThis)?.observed ?? null)),
        },
      ]
    })
  })
}

function pointsOf(runs: readonly MeasuredRun[], figure: (run: MeasuredRun) => Figure | null): TrendPoint[] {
  return runs.flatMap((each) => {
    const seen = figure(each)
    return seen === null ? [] : [{ run: each.run, ...seen }]
  })
}

function figureOf(objective: Objective, counts: ConditionCounts): Figure | null {
  const { rate, mean, drift } = judgeObjective(objective, counts)
  if (rate !== null) return rateFigure(rate)
  if (mean !== null) {
    const interval = mean.interval && outwards(mean.interval)
    return { value: rounded(mean.mean), interval, count: null, size: countedTasks(allTasks(counts)) }
  }
  if (drift === null || drift.difference === null) return null
  const interval = drift.interval && outwards(drift.interval)
  return { value: rounded(drift.difference), interval, count: null, size: drift.of }
}

function rateFigure(measured: MeasuredRate | null): Figure | null {
  if (measured === null || measured.rate === null) return null
  return { value: measured.rate, interval: measured.exact, count: measured.count, size: measured.of }
}

function scaleOf(objective: Objective): Pick<TrendLine, 'unit' | 'level' | 'side'> {
  if ('p99Ms' in objective) return { unit: 'share', level: 0.99, side: 'at least' }
  if ('percent' in objective) return { unit: 'share', level: shareOf(objective.percent), side: 'at least' }
  if ('atLeast' in objective) return { unit: 'share', level: objective.atLeast, side: 'at least' }
  return { unit: unitOf(objective.measure), level: objective.atMost, side: 'at most' }
}

function unitOf(measure: Objective['measure']): TrendLine['unit'] {
  switch (measure) {
    case 'tool calls per task':
    case 'tokens per task':
    case 'cost per task':
    case 'delegation depth':
      return 'number'
    case 'drift':
      return 'difference'
    default:
      return 'share'
  }
}
