import { usageError } from '../contract/errors.ts'
import type { Interval } from './interval.ts'
import { requireAlpha } from './require-share.ts'

/** The largest stake on one score; any below 1 is valid. */
const mostStake = 0.5

/**
 * The interval of the mean of scores from 0 to 1 that may be read after every score: with probability 1 − α it covers
 * the true mean at all of them at once.
 *
 * To be used for partial credit and judges' grades, where `confidenceSequence` is for successes and failures; it narrows
 * with the variance that is seen. The predictable plug-in empirical-Bernstein sequence, and the intersection of its
 * intervals so far: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (2023), theorem 2.
 *
 * Where the lower bound is above the upper one, no mean fits all of the scores: they changed on the way, or the one chance
 * in 1/α has come.
 *
 * @param scores 0 to 1, in the order in which they came: no later score may decide how an earlier one counts
 * @param alpha one minus the coverage, 0.05 for 95 %
 */
export function boundedSequence(scores: readonly number[], alpha = 0.05): Interval {
  requireAlpha(alpha)
  const price = Math.log(2 / alpha)
  // As if half a score of one half had come before, so that the first stake has something to rest on.
  const past = { count: 1, sum: 0.5, squares: 0.25 }
  const staked = { weight: 0, sum: 0, cost: price }
  let [low, high] = [0, 1]
  for (const score of scores) {
    if (!(score >= 0 && score <= 1)) {
      throw usageError('STATISTICS_SCORE', `A score is ${score}: give numbers from 0 to 1.`)
    }
    const time = past.count
    const variance = past.squares / past.count
    const stake = Math.min(mostStake, Math.sqrt((2 * price) / (variance * time * Math.log(time + 1))))
    const expected = past.sum / past.count
    staked.weight += stake
    staked.sum += stake * score
    staked.cost += (score - expected) ** 2 * (-Math.log1p(-stake) - stake)
    past.count++
    past.sum += score
    past.squares += (score - past.sum / past.count) ** 2
    low = Math.max(low, (staked.sum - staked.cost) / staked.weight)
    high = Math.min(high, (staked.sum + staked.cost) / staked.weight)
  }
  return [low, high]
}
