import { requireCounts } from './require-counts.ts'

/**
 * Scores that stand or fall together: the repeats and paraphrases of one task.
 *
 * These three sums are all that the error of a mean needs, so results keep no single score.
 */
export interface Cluster {
  /** How many scores. */
  readonly size: number
  readonly sum: number
  /** Σ s²; for scores of 0 and 1 the same as `sum`. */
  readonly sumOfSquares: number
}

/** The sums of some scores. */
export function clusterOf(scores: readonly number[]): Cluster {
  return {
    size: scores.length,
    sum: scores.reduce((sum, score) => sum + score, 0),
    sumOfSquares: scores.reduce((sum, score) => sum + score * score, 0),
  }
}

/**
 * The sums of trials that scored 1 or 0.
 *
 * @throws a usage error where successes are not within 0 and trials
 */
export function clusterOfCounts(successes: number, trials: number): Cluster {
  requireCounts(successes, trials, 'none')
  return { size: trials, sum: successes, sumOfSquares: successes }
}

/**
 * The sums of the differences of pairs that were both 0 or 1: those won, lost and tied.
 *
 * @param won pairs of which only the first succeeded
 * @param lost pairs of which only the second did
 * @param tied pairs of which both or none did
 */
export function clusterOfPairs({ won, lost, tied }: { won: number; lost: number; tied: number }): Cluster {
  for (const count of [won, lost, tied]) requireCounts(count, won + lost + tied, 'none')
  return { size: won + lost + tied, sum: won - lost, sumOfSquares: won + lost }
}
