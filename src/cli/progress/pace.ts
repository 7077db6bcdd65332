import { roundSpan } from '../../report/span.ts'
import { grouped } from '../../results/quantity.ts'
import type { ProgressRow } from './track-run.ts'

/** Nothing that is still to come takes less. */
const leastMs = 1_000

/** Trials in a second so far: `410/s`, `0.4/s`; empty before there are any. */
export function rateWords({ done, tookMs }: ProgressRow): string {
  if (tookMs === null || tookMs <= 0) return ''
  const rate = (done / tookMs) * 1_000
  return `${rate < 10 ? rate.toFixed(1) : grouped(Math.round(rate))}/s`
}

/**
 * How long the trials of a row still take at their pace so far, `3 s left`, or took, `in 12 s`.
 *
 * Empty before the first trials are done, since nothing is known of their pace. Where fewer trials may be enough, the time
 * left is an upper bound and says so.
 */
export function timeLeftWords(row: ProgressRow): string {
  const { done, of, isAtMost, isOver, tookMs, sinceMs } = row
  if (tookMs === null) return ''
  if (isOver) return `in ${roundSpan(Math.round(tookMs))}`
  const leftMs = Math.round((tookMs / done) * (of - done) - sinceMs)
  return `${isAtMost ? 'at most ' : ''}${roundSpan(Math.max(leastMs, leftMs))} left`
}

/** How far a row is: `1,200 of 2,000`, `400 of at most 5,000`. */
export function countWords({ done, of, isAtMost, isOver }: ProgressRow): string {
  return `${grouped(done)} of ${isAtMost && !isOver ? 'at most ' : ''}${grouped(of)}`
}

/** Real milliseconds as a clock would count them: `42 s`, `2 min 05 s`, `1 h 02 min`. */
export function elapsedWords(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1_000)
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return `${seconds} s`
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}
