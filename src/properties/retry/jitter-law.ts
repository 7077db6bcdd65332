import type { Backoff } from '../../contract/profile.ts'
import { waitsAfter } from './backoff-law.ts'

/** Parts of equal width into which the range of a wait is divided. */
export const buckets = 20

/** How a wait that is drawn from a range becomes whole milliseconds; agents differ, and all of them are right. */
export const roundings = ['down', 'nearest', 'up', 'whole'] as const
export type Rounding = (typeof roundings)[number]

/** The ordinal of the bucket in which a wait of whole milliseconds lies; what rounding put outside counts as its edge. */
export function bucketOf(waitMs: number, backoff: Backoff, attempt: number): number {
  const last = lastOfBuckets(backoff, attempt)
  const found = last.findIndex((ms) => waitMs <= ms)
  return found < 0 ? buckets - 1 : found
}

/** How likely each bucket is under the declared law: uniform over the range, and rounded in this way. */
export function bucketShares(backoff: Backoff, attempt: number, rounding: Rounding): readonly number[] {
  const { lowestMs, highestMs } = waitsAfter(backoff, attempt)
  const below = lastOfBuckets(backoff, attempt).map((ms) => shareUpTo(ms, lowestMs, highestMs, rounding))
  below[buckets - 1] = 1
  return below.map((share, bucket) => share - (below[bucket - 1] ?? 0))
}

/**
 * The first attempt after which the waits have the same range as after this one: from the cap on they are all alike.
 */
export function firstAlike(backoff: Backoff, attempt: number): number {
  const { highestMs } = waitsAfter(backoff, attempt)
  let first = attempt
  while (first > 1 && waitsAfter(backoff, first - 1).highestMs === highestMs) first -= 1
  return first
}

/** The longest wait of whole milliseconds in each bucket. */
function lastOfBuckets(backoff: Backoff, attempt: number): number[] {
  const { lowestMs, highestMs } = waitsAfter(backoff, attempt)
  const width = (highestMs - lowestMs) / buckets
  return Array.from({ length: buckets }, (_, bucket) => Math.ceil(lowestMs + width * (bucket + 1)) - 1)
}

/** The probability of a wait of at most so many whole milliseconds. */
function shareUpTo(ms: number, lowestMs: number, highestMs: number, rounding: Rounding): number {
  const within = (share: number): number => Math.min(1, Math.max(0, share))
  if (rounding === 'whole') {
    const first = Math.ceil(lowestMs)
    return within((ms - first + 1) / (Math.floor(highestMs) - first + 1))
  }
  const drawnUpTo = ms + { down: 1, nearest: 0.5, up: 0 }[rounding]
  return within((drawnUpTo - lowestMs) / (highestMs - lowestMs))
}
