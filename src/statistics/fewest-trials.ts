import { requireAlpha, requireRate } from './require-share.ts'
import { verdictCounts } from './verdict-counts.ts'

/**
 * The fewest trials after which a Clopper–Pearson interval can reach a target at all: with a success in every one.
 *
 * To be used before a run: fewer cannot resolve the target, whatever happens. The smallest n with pⁿ ≤ α/2. For a target
 * that something happens at most so often, give one minus it: the best case is then that it never does.
 *
 * @param target 0 to 1
 * @param alpha one minus the coverage of the two-sided interval, default 0.05: half of it on the side that counts
 * @returns null for a target of 1, which no number of trials can prove
 */
export function fewestTrials(target: number, alpha = 0.05): number | null {
  requireRate('The target', target)
  requireAlpha(alpha)
  if (target === 1) return null
  if (target === 0) return 1
  const reaches = (trials: number): boolean => verdictCounts(trials, target, alpha).reachedFrom <= trials
  // Logarithms may be off by one where pⁿ is α/2 to the last digit.
  const about = Math.max(1, Math.ceil(Math.log(alpha / 2) / Math.log(target)))
  if (about > 1 && reaches(about - 1)) return about - 1
  return reaches(about) ? about : about + 1
}
