import { type Fraction, fractionOf, isAtLeast } from '../budgets/fraction.ts'
import { type AlertMetric, type Thresholds, alertMetrics } from './alert-rules.ts'

export const alertLevels = ['none', 'warning', 'critical'] as const

export type AlertLevel = (typeof alertLevels)[number]

/** The level of a figure, compared as exact fractions: on a threshold it raises nothing. */
export function alertLevel(metric: AlertMetric, observed: Fraction, { warning, critical }: Thresholds): AlertLevel {
  const isBeyond = (threshold: number): boolean =>
    alertMetrics[metric].isBad === 'below'
      ? !isAtLeast(observed, fractionOf(threshold))
      : !isAtLeast(fractionOf(threshold), observed)
  if (isBeyond(critical)) return 'critical'
  return isBeyond(warning) ? 'warning' : 'none'
}
