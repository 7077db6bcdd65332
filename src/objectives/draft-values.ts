import { binomialLogPmf } from '../statistics/binomial.ts'
import type { EvidencedValue } from './accuracy-declaration.ts'
import { type ConditionCounts, metricRate } from './condition-counts.ts'
import { type ValueEvidence, evidenceOf, intervalOn } from './declaration-evidence.ts'
import type { Metric } from './metric.ts'

/** How values are drafted from what was counted. */
export interface DraftTerms {
  /** Metrics to declare. */
  readonly metrics: readonly Metric[]
  /** Independent observations below which nothing is declared. */
  readonly minimumTrials: number
  /** Digits after the point, 1 to 6. */
  readonly digits: number
  /**
   * Later runs have this share of the trials, above 0 and at most 1, and shall uphold the values nevertheless: an agent
   * that is just as good as its evidence guarantees fails to in at most one such run of a hundred. Null: no allowance.
   */
  readonly laterShare: number | null
}

/** A value that was measured and is not declared. */
export interface LeftOut {
  readonly metric: Metric
  readonly stratum: string | null
  readonly condition: string
  /** Independent observations: those of this run, or those that a later one would have. */
  readonly observations: number
  readonly why: 'too few' | 'too few later' | 'no share'
}

/** What can be declared, and what cannot. */
export interface DraftedValues {
  readonly values: readonly EvidencedValue[]
  readonly leftOut: readonly LeftOut[]
}

const million = 1_000_000

/**
 * Declares of each metric, kind of task and condition what its evidence supports: the lower bound of the exact interval,
 * rounded down.
 */
export function draftValues(conditions: readonly ConditionCounts[], terms: DraftTerms): DraftedValues {
  const values: EvidencedValue[] = []
  const leftOut: LeftOut[] = []
  for (const condition of conditions) {
    for (const stratum of [null, ...strataOf(condition)]) {
      for (const metric of terms.metrics) {
        const evidence = evidenceOf(metricRate(metric, condition, stratum))
        if (evidence === null) continue
        const value = supportedValue(evidence, terms)
        const what = { metric, condition: condition.name, stratum }
        if (typeof value === 'object') leftOut.push({ ...what, ...value })
        else
          values.push({
            metric,
            value,
            ...(stratum !== null && { stratum }),
            faultClass: condition.name,
            evidence,
          })
      }
    }
  }
  return { values, leftOut }
}

/** A single kind of task would say the same once more. */
function strataOf({ strata }: ConditionCounts): string[] {
  const names = Object.keys(strata)
  return names.length > 1 ? names : []
}

function supportedValue(
  evidence: ValueEvidence,
  { minimumTrials, digits, laterShare }: DraftTerms,
): number | Pick<LeftOut, 'why' | 'observations'> {
  const { observations, worth = observations, basis, interval } = evidence
  if (observations < minimumTrials) return { why: 'too few', observations }
  const later = laterShare === null ? null : Math.floor(observations * laterShare)
  if (later !== null && later < minimumTrials) return { why: 'too few later', observations: later }
  const bound =
    laterShare === null
      ? interval[0]
      : Math.min(interval[0], upheldBy(basis, Math.max(1, Math.floor(worth * laterShare)), interval[0]))
  const value = roundedDown(bound, digits)
  return value > 0 ? value : { why: 'no share', observations }
}

/** What so many observations uphold 99 times of a hundred, at a true rate. */
function upheldBy(basis: ValueEvidence['basis'], observations: number, rate: number): number {
  let chance = 0
  for (let successes = 0; successes <= observations; successes++) {
    chance += Math.exp(binomialLogPmf(successes, observations, rate))
    if (chance > 0.01) return intervalOn(basis, successes / observations, observations)[0]
  }
  return 0
}

/** In whole millionths, which a bound has: 0.29 · 100 is a little less than 29. */
function roundedDown(bound: number, digits: number): number {
  return Math.floor(Math.round(bound * million) / 10 ** (6 - digits)) / 10 ** digits
}
