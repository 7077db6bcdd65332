import { usageError } from '../contract/errors.ts'
import { normalQuantile } from './normal-quantile.ts'
import { requireAlpha } from './require-share.ts'

/** How one agent scores the same task from trial to trial. */
export interface Resampling {
  /** Mean variance of the scores of one task, 0 or more. */
  readonly variance: number
  /** Trials of each task. */
  readonly repeats: number
}

/** What a paired comparison is to find. */
export interface ComparisonPlan {
  /** The difference of mean scores that shall be found, not 0. */
  readonly difference: number
  /** Variance, over tasks, of the difference of what both agents score on average. */
  readonly varianceOverTasks: number
  /** Noise of each agent on one task; default none. */
  readonly first?: Resampling
  readonly second?: Resampling
  /** Chance of finding it, default 0.8. */
  readonly power?: number
  /** Chance of finding a difference where there is none, two-sided, default 0.05. */
  readonly alpha?: number
}

const none: Resampling = { variance: 0, repeats: 1 }

/**
 * How many tasks a paired comparison needs to find a difference.
 *
 * n = (z_{α/2} + z_β)² (ω² + σ_A²/K_A + σ_B²/K_B) / δ². To be used before a comparison: repeats only help against the noise
 * of single tasks, more tasks help against both. Source: Miller 2024, equation 9.
 *
 * @returns a whole number of tasks
 * @throws a usage error for a difference of 0, or a variance or number of repeats that cannot be
 */
export function tasksToCompare(plan: ComparisonPlan): number {
  const { difference, varianceOverTasks, first = none, second = none, power = 0.8, alpha = 0.05 } = plan
  requireAlpha(alpha)
  requireAlpha(power, 'Power')
  const variance = varianceOverTasks + noise(first) + noise(second)
  const tasks = ((normalQuantile(1 - alpha / 2) + normalQuantile(power)) / difference) ** 2 * variance
  if (!(varianceOverTasks >= 0 && Number.isFinite(tasks) && Number.isFinite(difference))) {
    throw usageError(
      'STATISTICS_PLAN',
      `A comparison was planned for a difference of ${difference} and variances of ${varianceOverTasks}, ${first.variance} and ${second.variance}: give a finite difference other than 0 and finite variances of at least 0.`,
    )
  }
  return Math.max(1, Math.ceil(tasks))
}

function noise({ variance, repeats }: Resampling): number {
  if (!(variance >= 0 && repeats >= 1 && Number.isFinite(repeats))) {
    throw usageError(
      'STATISTICS_PLAN',
      `A variance of ${variance} over ${repeats} repeats was planned with: give at least 0, and at least 1 repeat.`,
    )
  }
  return variance / repeats
}
