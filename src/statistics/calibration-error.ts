import { type Forecast, groupForecasts } from './forecast.ts'
import { requireWhole } from './require-whole.ts'

/**
 * The expected calibration error: how far, on average, stated confidence is from the share that was right.
 *
 * To be used for display beside the Brier score; it depends on the bins, and few forecasts a bin make it too large. Σ
 * n_b/n · |confidence − accuracy| over bins of equal width. Source: Guo et al. 2017.
 *
 * @param bins of equal width from 0 to 1, whole
 * @returns 0 to 1
 */
export function calibrationError(forecasts: readonly Forecast[], bins = 10): number {
  requireWhole('Bins', bins, 1)
  const groups = groupForecasts(forecasts, (confidence) => Math.min(bins - 1, Math.floor(confidence * bins)))
  const sum = groups.reduce(
    (total, { size, meanConfidence, accuracy }) => total + size * Math.abs(meanConfidence - accuracy),
    0,
  )
  return sum / forecasts.length
}
