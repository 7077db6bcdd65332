import { usageError } from '../contract/errors.ts'
import type { MeasuredRate } from '../objectives/measured-rate.ts'
import { type ConditionCounts, metricRate } from '../objectives/condition-counts.ts'
import { judgeObjective } from '../objectives/judge-objective.ts'
import type { Metric } from '../objectives/metric.ts'
import { objectives } from '../objectives/objectives.ts'
import type { MeasureTally } from './measure-tally.ts'
import { mergeMeasureTallies } from './merge-measure-tallies.ts'
import { pooledReading, requireSame } from './poolable-runs.ts'
import type { Results, ScenarioResult } from './results-schema.ts'
import { countsOf } from './summarise-condition.ts'

/** What earlier runs support as a target of one share under one condition. */
export interface SuggestedTarget {
  readonly scenario: string
  readonly condition: string
  /** What it is a target of, e.g. `task_success`. */
  readonly metric: Metric
  /** The pooled counts of all runs. */
  readonly seen: MeasuredRate
  /** The largest target that these runs would meet, in tenths of a percent: the lower bound, rounded down. */
  readonly target: number
  /** Targets above this one these very runs would miss: the upper bound. */
  readonly missedAbove: number
}

/** A mean that earlier runs support as a limit. */
export interface SuggestedLimit {
  readonly scenario: string
  readonly condition: string
  readonly measure: 'tool calls per task' | 'tokens per task'
  readonly mean: number
  /** The smallest limit that these runs would meet: the upper bound, rounded up. */
  readonly atMost: number
  /** Limits below this one these very runs would miss: the lower bound. */
  readonly missedBelow: number
}

/** What earlier results support. */
export interface SloSuggestion {
  /** Results that were pooled. */
  readonly runs: number
  /** Results left out, because they ran the same trials as a later one: the same seed twice is not twice the evidence. */
  readonly repeated: number
  readonly targets: readonly SuggestedTarget[]
  readonly limits: readonly SuggestedLimit[]
}

const suggested = [
  'task_success',
  'availability',
  'correctness',
  'safety',
  'timeout_free',
  'hallucination_free',
] as const

/**
 * Suggests targets from earlier results of the same tasks, pooled.
 *
 * A target slightly above current performance would be missed by the agent as it is. What is suggested is the largest
 * that the evidence supports, beside the point from which the present runs would miss: between the two, more trials decide.
 *
 * @throws {ShakedownError} of kind `usage` where nothing was measured, or results are of different tasks or conditions
 */
export function suggestSlo(results: readonly Results[]): SloSuggestion {
  const distinct = [...new Map(results.map((result) => [result.seed, result])).values()]
  const measured = distinct.flatMap(({ scenarios }) => scenarios.filter(({ measure }) => measure !== null))
  if (measured.length === 0) {
    throw usageError(
      'SUGGEST',
      'no scenario of these results was measured; give results of runs whose scenarios have a `measure`.',
    )
  }
  const conditions = [...Map.groupBy(measured, ({ name }) => name)].flatMap(([name, runs]) => pooled(name, runs))
  return {
    runs: distinct.length,
    repeated: results.length - distinct.length,
    targets: conditions.flatMap(targetsOf),
    limits: conditions.flatMap(limitsOf),
  }
}

interface Pooled {
  readonly scenario: string
  readonly counts: ConditionCounts
}

function pooled(scenario: string, runs: readonly ScenarioResult[]): Pooled[] {
  const [first, ...others] = runs
  if (first?.measure === null || first === undefined) return []
  for (const other of others) requireSame(scenario, first, other)
  const reading = pooledReading(scenario, runs)
  return first.measure.conditions.map(({ name, family }) => {
    const tallies = runs.flatMap(({ measure }) => measure?.conditions.filter((one) => one.name === name) ?? [])
    const [one, ...more] = tallies.map(({ tally }): MeasureTally => ({ ...tally, failures: [], problems: [] }))
    if (one === undefined) throw new Error('a condition that is there was not found')
    return {
      scenario,
      counts: countsOf(
        { name, family },
        more.reduce((sum, other) => mergeMeasureTallies(sum, other), one),
        reading,
      ),
    }
  })
}

function targetsOf({ scenario, counts }: Pooled): SuggestedTarget[] {
  return suggested.flatMap((metric) => {
    const seen = metricRate(metric, counts)
    if (seen.exact === null) return []
    const [low, high] = seen.exact
    const target = Math.floor(low * 1_000) / 1_000
    return [{ scenario, condition: counts.name, metric, seen, target, missedAbove: high }]
  })
}

function limitsOf({ scenario, counts }: Pooled): SuggestedLimit[] {
  const wanted = [objectives.toolCallsPerTask({ atMost: 0 }), objectives.tokensPerTask({ atMost: 0 })]
  return wanted.flatMap((objective) => {
    const { mean } = judgeObjective(objective, counts)
    if (mean === null || mean.interval === null) return []
    const [low, high] = mean.interval
    const measure = objective.measure as SuggestedLimit['measure']
    const atMost = Math.ceil(high * 100) / 100
    return [{ scenario, condition: counts.name, measure, mean: mean.mean, atMost, missedBelow: low }]
  })
}
