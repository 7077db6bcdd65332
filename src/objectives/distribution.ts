import type { Counts } from './add-counts.ts'

/** The mean and the sample variance of whole numbers; the variance is 0 for a single one. */
export interface Moments {
  readonly mean: number
  readonly variance: number
}

/** How many values a table of whole numbers holds. */
export function sizeOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** How many values are at most a limit. */
export function atMost(counts: Counts, limit: number): number {
  return Object.entries(counts).reduce((sum, [value, count]) => (Number(value) <= limit ? sum + count : sum), 0)
}

/** The largest value; null where there is none. */
export function largestOf(counts: Counts): number | null {
  return Object.keys(counts).reduce<number | null>((most, value) => Math.max(most ?? 0, Number(value)), null)
}

/** Mean and variance of the values; null where there is none. */
export function momentsOf(counts: Counts): Moments | null {
  const size = sizeOf(counts)
  if (size === 0) return null
  const entries = Object.entries(counts).map(([value, count]) => [Number(value), count] as const)
  const mean = entries.reduce((sum, [value, count]) => sum + value * count, 0) / size
  const squares = entries.reduce((sum, [value, count]) => sum + (value - mean) ** 2 * count, 0)
  return { mean, variance: size === 1 ? 0 : squares / (size - 1) }
}

/**
 * The nearest-rank percentile: the smallest value that at least so large a share of all values does not exceed.
 *
 * @param share above 0, at most 1
 * @param beyond values larger than any in the table, e.g. tasks that never ended; null where the percentile is one of them
 */
export function percentileOf(counts: Counts, share: number, beyond = 0): number | null {
  // A share such as 0.99 is not exact in binary: 0.99 · 100 must be rank 99 and not 100.
  const rank = Math.ceil((sizeOf(counts) + beyond) * share - 1e-9)
  let seen = 0
  for (const value of Object.keys(counts)
    .map(Number)
    .toSorted((a, b) => a - b)) {
    seen += counts[value] ?? 0
    if (seen >= rank) return value
  }
  return null
}
