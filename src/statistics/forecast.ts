import { usageError } from '../contract/errors.ts'
import { requireRate } from './require-share.ts'

/** How sure an agent said it was, and whether it was right. */
export interface Forecast {
  /** 0 to 1. */
  readonly confidence: number
  readonly isRight: boolean
}

/** Forecasts that are looked at together. */
export interface ForecastGroup {
  readonly size: number
  readonly meanConfidence: number
  /** The share that was right. */
  readonly accuracy: number
}

/**
 * Forecasts grouped by a key of their confidence.
 *
 * @throws a usage error where there is none, or a confidence is not within 0 and 1
 */
export function groupForecasts(forecasts: readonly Forecast[], keyOf: (confidence: number) => number): ForecastGroup[] {
  if (forecasts.length === 0) {
    throw usageError('STATISTICS_EMPTY', 'The calibration of no forecast at all was asked: give at least one.')
  }
  const groups = new Map<number, Forecast[]>()
  for (const forecast of forecasts) {
    requireRate('A confidence', forecast.confidence)
    const key = keyOf(forecast.confidence)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [forecast])
    else group.push(forecast)
  }
  return [...groups.values()].map((group) => ({
    size: group.length,
    meanConfidence: group.reduce((sum, { confidence }) => sum + confidence, 0) / group.length,
    accuracy: group.filter(({ isRight }) => isRight).length / group.length,
  }))
}
