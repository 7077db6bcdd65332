import { type ConditionCounts, allTasks, metricRate } from '../condition-counts.ts'
import { type Moments, atMost, momentsOf, sizeOf } from '../distribution.ts'
import { type LevelVerdict, atLeastLevel, atMostLevel } from '../level.ts'
import { type MeasuredMean, meanIn } from '../mean-in.ts'
import type { MeasuredRate } from '../measured-rate.ts'
import { plainReading } from '../population.ts'
import { rateIn } from '../rate-in.ts'
import { driftOf } from './drift.ts'
import type { Drift } from './drift.ts'
import type { Objective } from '../objective-schema.ts'
import type { IndicatorCounts } from './indicator-counts.ts'
import type { IndicatorObjective } from './indicator-objective.ts'
import { badRate, goodRate } from './indicator-rate.ts'
import { costUnit } from './prices.ts'
import { momentsOfSums } from './whole-sums.ts'

/** What an indicator comes to under one condition; null for what it is not. */
export interface IndicatorJudgement {
  readonly level: LevelVerdict
  readonly rate: MeasuredRate | null
  readonly mean: MeasuredMean | null
  readonly drift: Drift | null
  /** Why it is not known though tasks were counted, e.g. a model without a price; null where it is. */
  readonly unknown: string | null
}

const nothing = { rate: null, mean: null, drift: null, unknown: null }

/** Judges an objective of an indicator by the counts of one condition. */
export function judgeIndicator(objective: IndicatorObjective, condition: ConditionCounts): IndicatorJudgement {
  const tasks = allTasks(condition)
  const { indicators, latencyMs, unfinished, trials: observations, byTask } = tasks
  const { safety } = condition.indicators
  switch (objective.measure) {
    case 'availability':
    case 'correctness':
      return atLeast(goodRate(condition, indicators[objective.measure], tasks), objective.atLeast)
    case 'safety':
      return atLeast(metricRate('safety', condition), objective.atLeast)
    case 'error rate':
      return rateAtMost(badRate(condition, safety, { trials: safety.trials, byTask }), objective.atMost)
    case 'hallucination':
      return rateAtMost(badRate(condition, indicators.hallucination, tasks), objective.atMost)
    case 'latency percentile':
      return atLeast(
        rateIn(condition, {
          ...{ count: atMost(latencyMs, objective.withinMs), of: sizeOf(latencyMs) + unfinished },
          ...{ observations, byTask },
        }),
        shareOf(objective.percent),
      )
    case 'tokens per task':
      return meanAtMost(tokensMean(condition), objective.atMost)
    case 'cost per task':
      return meanAtMost(costMean(condition), objective.atMost)
    case 'delegation depth':
      return meanAtMost(depthMean(condition), objective.atMost)
    case 'drift': {
      const { isSequential, alpha } = condition.reading ?? plainReading
      const drift = driftOf(condition.indicators.drift, objective.turns, alpha)
      const interval = isSequential ? null : drift.interval
      const level = interval === null ? 'undecided' : atMostLevel(interval, objective.atMost)
      return { ...nothing, level, drift }
    }
  }
}

/** The counts that an objective is judged by where it is one of an indicator that is a share; null for any other. */
export function indicatorCountsFor({ measure }: Objective, condition: ConditionCounts): IndicatorCounts | null {
  switch (measure) {
    case 'availability':
    case 'correctness':
    case 'hallucination':
      return allTasks(condition).indicators[measure]
    case 'safety':
    case 'error rate':
      return condition.indicators.safety
    default:
      return null
  }
}

type Counted = Pick<ConditionCounts, 'strata' | 'countedTrials' | 'reading'>

/** A mean of all tasks of a condition, or why there is none. */
export type KnownMean = MeasuredMean | { readonly unknown: string | null }

/** Tokens of all model calls of a task, input and output together. */
export function tokensMean(condition: Counted): KnownMean {
  const { total } = allTasks(condition).indicators.tokens
  return meanOf(condition, momentsOfSums(total), total.count)
}

/** What tasks cost on average; not known where the cost of a single one is not. */
export function costMean(condition: Counted): KnownMean {
  const { known, unknown } = allTasks(condition).indicators.cost
  const [reason] = Object.keys(unknown)
  return reason === undefined ? meanOf(condition, momentsOfSums(known, costUnit), known.count) : { unknown: reason }
}

/** By how many agents a task is passed on, one behind the other. */
export function depthMean(condition: Counted): KnownMean {
  const { delegationDepth } = allTasks(condition).indicators
  return meanOf(condition, momentsOf(delegationDepth), sizeOf(delegationDepth))
}

/** 99.9 % as a share, without the tail of a binary fraction. */
export function shareOf(percent: number): number {
  return Number((percent / 100).toPrecision(12))
}

function meanOf(condition: Counted, moments: Moments | null, values: number): KnownMean {
  return moments === null ? { unknown: null } : meanIn(condition, moments, values, allTasks(condition))
}

function atLeast(rate: MeasuredRate, level: number): IndicatorJudgement {
  return { ...nothing, rate, level: rate.exact === null ? 'undecided' : atLeastLevel(rate.exact, level) }
}

function rateAtMost(rate: MeasuredRate, level: number): IndicatorJudgement {
  return { ...nothing, rate, level: rate.exact === null ? 'undecided' : atMostLevel(rate.exact, level) }
}

function meanAtMost(mean: KnownMean, limit: number): IndicatorJudgement {
  if ('unknown' in mean) return { ...nothing, level: 'undecided', unknown: mean.unknown }
  return { ...nothing, level: mean.interval === null ? 'undecided' : atMostLevel(mean.interval, limit), mean }
}
