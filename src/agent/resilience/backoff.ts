import type { RetrySettings } from '../agent-options.ts'

/** Draws the wait before attempt k+1, in whole milliseconds, after the kth attempt failed. */
export type Backoff = (attempt: number, retry: RetrySettings) => number

/**
 * Exponential backoff: uniform over the whole milliseconds of [lo, hi] with `hi = min(capMs, baseMs · factor^(k−1))`.
 *
 * `lo` is hi/2 for `equal`, 0 for `full` and hi for `none`. Equal jitter is the default: it spreads clients after a
 * common outage and still never retries at once.
 */
export const exponentialBackoff: Backoff = (attempt, retry) => {
  const hi = Math.min(retry.capMs, retry.baseMs * retry.factor ** (attempt - 1))
  if (retry.jitter === 'none') return Math.floor(hi)
  const lowest = retry.jitter === 'equal' ? Math.ceil(hi / 2) : 0
  return lowest + Math.floor(Math.random() * (Math.floor(hi) - lowest + 1))
}
