import type { Interval } from './interval.ts'
import { requireRate } from './require-share.ts'
import { requireWhole } from './require-whole.ts'

/**
 * Between which bounds pass^k lies for agents that solve so large a share of single trials: pᵏ and p.
 *
 * To be shown beside pass^k: at the lower bound every task is a matter of luck, at the upper one each is either always
 * solved or never. By Jensen's inequality, for the true rates of tasks; what few trials estimate may lie outside.
 *
 * @param rate the share of single trials, 0 to 1
 * @param k whole, at least 1
 */
export function passHatKRange(rate: number, k: number): Interval {
  requireRate('The rate', rate)
  requireWhole('k', k, 1)
  return [rate ** k, rate]
}
