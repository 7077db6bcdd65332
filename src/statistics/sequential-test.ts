import { usageError } from '../contract/errors.ts'
import { requireCounts } from './require-counts.ts'
import { requireAlpha } from './require-share.ts'

/** A rate that will do, one that will not, and how often each may be taken for the other. */
export interface SequentialTestInput {
  /** The rate that shall be accepted, above `bad`, below 1. */
  readonly good: number
  /** The rate that shall be rejected, above 0. */
  readonly bad: number
  /** Chance of rejecting the good rate, above 0, below ½. */
  readonly alpha: number
  /** Chance of accepting the bad rate, above 0, below ½. */
  readonly beta: number
}

/** What each trial adds to the score of a run, and where the run ends. */
export interface SequentialTest extends SequentialTestInput {
  /** ln(bad/good), below 0. */
  readonly perSuccess: number
  /** ln((1 − bad)/(1 − good)), above 0. */
  readonly perFailure: number
  /** The score at which the rate is accepted, below 0. */
  readonly acceptAt: number
  /** The score at which it is rejected, above 0. */
  readonly rejectAt: number
}

export type SequentialDecision = 'accept' | 'reject' | 'continue'

/**
 * Wald's sequential probability ratio test of a rate: it is read after every trial and ends as soon as it can.
 *
 * To be used in CI where the two rates are known before the run and trials are dear: on average about half as many as a
 * fixed number for the same errors. In between the two rates it may run long: set a limit, and call that undecided.
 * Rejects at ln((1 − β)/α), accepts at ln(β/(1 − α)). Source: A. Wald, "Sequential tests of statistical hypotheses" (1945).
 *
 * @throws a usage error where the rates are not in order, or an error is ½ or more
 */
export function sequentialTest({ good, bad, alpha, beta }: SequentialTestInput): SequentialTest {
  if (!(bad > 0 && bad < good && good < 1)) {
    throw usageError(
      'STATISTICS_SEQUENTIAL',
      `A sequential test of a good rate of ${good} and a bad one of ${bad} was asked: give 0 < bad < good < 1.`,
    )
  }
  requireAlpha(2 * alpha, 'Twice alpha')
  requireAlpha(2 * beta, 'Twice beta')
  return {
    good,
    bad,
    alpha,
    beta,
    perSuccess: Math.log(bad / good),
    perFailure: Math.log((1 - bad) / (1 - good)),
    acceptAt: Math.log(beta / (1 - alpha)),
    rejectAt: Math.log((1 - beta) / alpha),
  }
}

/**
 * Where a run stands. Ask after every trial and end at the first answer: later trials could take it back.
 *
 * @param successes 0 to `trials`
 */
export function sequentialDecision(test: SequentialTest, successes: number, trials: number): SequentialDecision {
  requireCounts(successes, trials, 'none')
  const score = successes * test.perSuccess + (trials - successes) * test.perFailure
  if (score <= test.acceptAt) return 'accept'
  return score >= test.rejectAt ? 'reject' : 'continue'
}

/**
 * Trials to be expected, by Wald's formula: a little less than the truth, for a run ends beyond its boundary and not on it.
 *
 * @returns at the good rate and at the bad one
 */
export function expectedTrials(test: SequentialTest): { readonly atGood: number; readonly atBad: number } {
  const { good, bad, alpha, beta, acceptAt, rejectAt } = test
  const step = (rate: number): number => rate * test.perSuccess + (1 - rate) * test.perFailure
  return {
    atGood: ((1 - alpha) * acceptAt + alpha * rejectAt) / step(good),
    atBad: (beta * acceptAt + (1 - beta) * rejectAt) / step(bad),
  }
}
