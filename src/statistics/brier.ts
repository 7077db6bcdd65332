import { type Forecast, groupForecasts } from './forecast.ts'

/** The mean squared error of forecasts, and what it is made of: reliability − resolution + uncertainty. */
export interface BrierScore {
  /** 0 is perfect; 0.25 is what saying one half always gets; 1 is always sure and always wrong. */
  readonly score: number
  /** How far stated confidence is from the share that was right: what calibration would save. */
  readonly reliability: number
  /** How well confidence tells right from wrong: the more, the better. */
  readonly resolution: number
  /** Of the outcomes themselves, whatever is said about them. */
  readonly uncertainty: number
}

/**
 * The Brier score of stated confidence, with Murphy's decomposition.
 *
 * To be used for an agent that says how sure it is. The decomposition is by distinct confidence, for which it is exact.
 * Source: Brier 1950, Murphy 1973.
 *
 * @throws a usage error where there is no forecast, or a confidence is not within 0 and 1
 */
export function brier(forecasts: readonly Forecast[]): BrierScore {
  const groups = groupForecasts(forecasts, (confidence) => confidence)
  const size = forecasts.length
  const right = forecasts.filter(({ isRight }) => isRight).length / size
  const mean = (of: (group: (typeof groups)[number]) => number): number =>
    groups.reduce((sum, group) => sum + group.size * of(group), 0) / size
  return {
    score: forecasts.reduce((sum, { confidence, isRight }) => sum + (confidence - Number(isRight)) ** 2, 0) / size,
    reliability: mean(({ meanConfidence, accuracy }) => (meanConfidence - accuracy) ** 2),
    resolution: mean(({ accuracy }) => (accuracy - right) ** 2),
    uncertainty: right * (1 - right),
  }
}
