import { usageError } from '../contract/errors.ts'
import { requireAlpha } from './require-share.ts'

/**
 * The evidence of several tests against what they all claim: the mean of e-values is an e-value.
 *
 * To be used for tests that share trials or tasks, whatever they have in common. Source: Vovk and Wang 2021.
 *
 * @param values e-values, 0 or more; at least one
 */
export function meanEValue(values: readonly number[]): number {
  requireEvidence(values)
  if (values.length === 0) throw usageError('STATISTICS_EMPTY', 'The mean of no e-value was asked: give at least one.')
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * Which of many claims are refuted, with at most a share alpha of false alarms among them on average.
 *
 * e-BH: the k largest e-values, for the largest k of which each is at least m / (αk). To be used for exploration over
 * cells that were peeked at, or depend on each other: unlike Benjamini and Hochberg's it needs no independence. Source:
 * Wang and Ramdas 2022.
 *
 * @param values e-values, 0 or more
 * @returns whether each is refuted, at the places of theirs
 */
export function eBenjaminiHochberg(values: readonly number[], alpha = 0.05): boolean[] {
  requireEvidence(values)
  requireAlpha(alpha)
  const falling = values.toSorted((a, b) => b - a)
  const refuted = falling.findLastIndex((value, rank) => value >= values.length / (alpha * (rank + 1)))
  const least = falling[refuted] ?? Number.POSITIVE_INFINITY
  return values.map((value) => refuted >= 0 && value >= least)
}

function requireEvidence(values: readonly number[]): void {
  for (const value of values) {
    if (!(value >= 0)) throw usageError('STATISTICS_EVIDENCE', `An e-value is ${value}: give numbers of 0 or more.`)
  }
}
