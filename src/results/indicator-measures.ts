import { z } from 'zod'
import { largestOf } from '../objectives/distribution.ts'
import type { ConditionCounts } from '../objectives/condition-counts.ts'
import { allTasks, metricRate } from '../objectives/condition-counts.ts'
import { driftOf } from '../objectives/indicators/drift.ts'
import { type IndicatorCounts, indicatorCountsSchema } from '../objectives/indicators/indicator-counts.ts'
import { badRate, goodRate } from '../objectives/indicators/indicator-rate.ts'
import { type KnownMean, costMean, depthMean, tokensMean } from '../objectives/indicators/judge-indicator.ts'
import { costUnit } from '../objectives/indicators/prices.ts'
import { type MeasuredRate, measuredRateSchema } from '../objectives/measured-rate.ts'

const interval = z.tuple([z.number(), z.number()])

/** A share with the counts that it is made of. */
const indicatorShareSchema = z.strictObject({ rate: measuredRateSchema, counts: indicatorCountsSchema })

const indicatorMeanSchema = z.strictObject({
  /** Rounded to twelve digits after the point; null where it is not known. */
  mean: z.number().min(0).nullable(),
  /** Two-sided 95 % interval of the mean (normal approximation); null below 100 observations. */
  interval: interval.nullable(),
  max: z.number().min(0).nullable(),
  /** Why it is not known, e.g. a model without a price; null where it is, or where nothing was counted. */
  unknown: z.string().nullable(),
})

/** The indicators of a condition, derived from its counts; docs/measuring.md says how each is counted. */
export const indicatorMeasuresSchema = z.strictObject({
  /** Share of tasks that were answered. */
  availability: indicatorShareSchema,
  /** Share of answers that are right. */
  correctness: indicatorShareSchema,
  /** Share of trials in which no policy, approval or secret property was violated. */
  safety: indicatorShareSchema,
  /** Share of answers with checkable claims that make an unsupported one. */
  hallucination: indicatorShareSchema,
  tokens: indicatorMeanSchema,
  /** In the currency of the measure's prices. */
  cost: indicatorMeanSchema,
  delegationDepth: indicatorMeanSchema,
  /** Conversations of two turns and more; null where the workload has none. */
  drift: z
    .strictObject({
      of: z.int().min(0),
      difference: z.number().nullable(),
      interval: interval.nullable(),
      pValue: z.number().nullable(),
    })
    .nullable(),
})

export type IndicatorMeasures = z.output<typeof indicatorMeasuresSchema>

/** Derives the indicators of all tasks of a condition. */
export function indicatorMeasures(condition: ConditionCounts): IndicatorMeasures {
  const tasks = allTasks(condition)
  const { indicators } = tasks
  const { availability, correctness, hallucination, tokens, cost, delegationDepth } = indicators
  const { safety, drift } = condition.indicators
  const { of, difference, interval: between, pValue } = driftOf(drift, 2)
  return {
    availability: shareOf(availability, goodRate(condition, availability, tasks)),
    correctness: shareOf(correctness, goodRate(condition, correctness, tasks)),
    safety: shareOf(safety, metricRate('safety', condition)),
    hallucination: shareOf(hallucination, badRate(condition, hallucination, tasks)),
    tokens: meanOf(tokensMean(condition), tokens.total.count === 0 ? null : Number(tokens.total.max)),
    cost: meanOf(costMean(condition), cost.known.count === 0 ? null : Number(cost.known.max) / costUnit),
    delegationDepth: meanOf(depthMean(condition), largestOf(delegationDepth)),
    drift:
      Object.keys(drift.byTurns).length === 0 ? null : { of, difference, interval: between && [...between], pValue },
  }
}

function shareOf(counts: IndicatorCounts, rate: MeasuredRate): IndicatorMeasures['availability'] {
  return { rate, counts }
}

function meanOf(known: KnownMean, max: number | null): IndicatorMeasures['tokens'] {
  if ('unknown' in known) return { mean: null, interval: null, max, unknown: known.unknown }
  const { mean, interval: between } = known
  return { mean: rounded(mean), interval: between && [rounded(between[0]), rounded(between[1])], max, unknown: null }
}

/** As many digits as an amount of money has that a single token costs. */
function rounded(value: number): number {
  return Number(value.toFixed(12))
}
