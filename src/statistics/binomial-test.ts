import { binomialLogPmf } from './binomial.ts'
import { chanceOfAtLeast, chanceOfAtMost } from './binomial-tail.ts'
import { firstWhere } from './first-where.ts'
import { requireCounts } from './require-counts.ts'
import { requireRate } from './require-share.ts'
import { requireWhole } from './require-whole.ts'

/** What the rate may be instead: on either side, below or above. */
export type Alternative = 'two-sided' | 'less' | 'greater'

/** As R has it: what is as likely as what was seen, but for rounding, counts as no less likely. */
const slack = Math.log1p(1e-7)

/**
 * The exact binomial test: the chance, at a rate, of what was seen or of anything at least as odd.
 *
 * To be used for a single look at a fixed number of trials; for more than one look take `rejectsRate`. Two-sided, every
 * count that is no more likely than the one seen is as odd, as in R's `binom.test`.
 *
 * @param successes whole, 0 to `trials`
 * @param trials whole
 * @param rate the rate to be refuted, 0 to 1
 * @returns a p-value, 0 to 1
 */
export function binomialTest(
  successes: number,
  trials: number,
  rate: number,
  alternative: Alternative = 'two-sided',
): number {
  requireCounts(successes, trials, 'none')
  requireWhole('Successes', successes, 0)
  requireWhole('Trials', trials, 0)
  requireRate('The rate', rate)
  if (alternative === 'less') return chanceOfAtMost(successes, trials, rate)
  if (alternative === 'greater') return chanceOfAtLeast(successes, trials, rate)
  const expected = trials * rate
  if (successes === expected) return 1
  const isNoLikelier = (count: number): boolean =>
    binomialLogPmf(count, trials, rate) <= binomialLogPmf(successes, trials, rate) + slack
  if (successes < expected) {
    // Chances fall from the mode upwards.
    const beyond = firstWhere(isNoLikelier, Math.ceil(expected), trials + 1)
    return Math.min(1, chanceOfAtMost(successes, trials, rate) + chanceOfAtLeast(beyond, trials, rate))
  }
  // and rise up to it, so that the last of the lower ones is the one before the first that is likelier.
  const beyond = firstWhere((count) => !isNoLikelier(count), 0, Math.floor(expected) + 1) - 1
  return Math.min(1, chanceOfAtMost(beyond, trials, rate) + chanceOfAtLeast(successes, trials, rate))
}
