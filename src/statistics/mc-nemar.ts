import { chanceOfAtMost } from './binomial-tail.ts'
import { requireWhole } from './require-whole.ts'

/**
 * McNemar's exact test: the chance of so uneven a split, or a more uneven one, of the pairs in which two equally good
 * agents differ.
 *
 * To be used for the question whether two agents that ran with the same seeds differ at all; show the interval beside it.
 * Pairs in which both did the same say nothing. Two-sided binomial test of one half (McNemar 1947, Mosteller 1952).
 *
 * @param firstOnly pairs in which only the first succeeded, whole
 * @param secondOnly pairs in which only the second did, whole
 * @returns a p-value, 1 where no pair differs
 */
export function mcNemar(firstOnly: number, secondOnly: number): number {
  requireWhole('Pairs won', firstOnly, 0)
  requireWhole('Pairs lost', secondOnly, 0)
  const differing = firstOnly + secondOnly
  return Math.min(1, 2 * chanceOfAtMost(Math.min(firstOnly, secondOnly), differing, 0.5))
}
