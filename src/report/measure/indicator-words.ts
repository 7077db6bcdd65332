import type { IndicatorObjective } from '../../objectives/indicators/indicator-objective.ts'
import type { IndicatorMeasures } from '../../results/indicator-measures.ts'
import { figure, wantedOfIndicator } from '../../results/indicator-words.ts'
import type { Measures } from '../../results/measure-schema.ts'
import { grouped } from '../../results/quantity.ts'
import { ratePhrase } from './rate-text.ts'

/** An objective of an indicator as a phrase. */
export function indicatorObjectiveWords(objective: IndicatorObjective, currency: string | null): string {
  return wantedOfIndicator(objective, currency).replace(/^an? /, '')
}

/** What was measured of that of which an objective speaks, with the interval that gates where there is one. */
export function seenOfIndicator(objective: IndicatorObjective, { indicators, latency }: Measures): string {
  if (indicators === null) return 'nothing counted'
  const { safety, drift } = indicators
  switch (objective.measure) {
    case 'availability':
    case 'correctness':
    case 'hallucination':
      return ratePhrase(indicators[objective.measure].rate)
    case 'safety':
      return ratePhrase(safety.rate)
    case 'error rate':
      return `${ratePhrase(safety.rate)} without a violation`
    case 'tokens per task':
      return meanWords(indicators.tokens, objective.measure)
    case 'cost per task':
      return meanWords(indicators.cost, objective.measure)
    case 'delegation depth':
      return meanWords(indicators.delegationDepth, objective.measure)
    case 'latency percentile':
      return `${grouped(latency.maxMs ?? 0)} ms at most`
    case 'drift':
      return driftPhrase(drift)
  }
}

/** A mean with its interval; why it is not known where it is not. */
export function meanWords({ mean, interval, unknown }: IndicatorMeasures['tokens'], measure: string): string {
  if (mean === null) return unknown === null ? 'nothing counted' : `not known (${unknown})`
  const between = interval === null ? '' : ` (${figure(interval[0], measure)} to ${figure(interval[1], measure)})`
  return `${figure(mean, measure)} on average${between}`
}

/** How many points fewer are solved at the last turn than at the first. */
export function driftPhrase(drift: IndicatorMeasures['drift']): string {
  if (drift === null || drift.difference === null) return 'no conversation'
  const { difference, interval, of } = drift
  const between = interval === null ? '' : `${points(interval[0])} to ${points(interval[1])}; `
  return `${points(difference)} points (${between}${grouped(of)} conversations)`
}

function points(share: number): string {
  return (share * 100).toFixed(2)
}
