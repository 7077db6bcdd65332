import type { Backoff } from '../../contract/profile.ts'
import { chiSquareTail } from '../../statistics/chi-square.ts'
import { type Rounding, bucketShares, buckets, roundings } from './jitter-law.ts'

/** Observed waits: how many lay in each bucket, by the attempt before them. */
export type BucketCounts = ReadonlyMap<number, readonly number[]>

/** How observed waits compare with a law. */
export interface Fit {
  /** Probability of waits at least as far from the law, were it true; 1 where they are too few to say. */
  readonly p: number
  /** Total variation: the share of the waits that would have to lie elsewhere. */
  readonly distance: number
}

/** Below this many expected observations a cell is joined to the next: the chi-square test is none there. */
const fewestExpected = 5

/** The better of the fits with the declared law under each way of rounding. */
export function bestFit(counts: BucketCounts, backoff: Backoff): Fit {
  const fits = roundings.map((rounding) => fit(counts, backoff, rounding))
  return fits.reduce((best, one) => (one.p > best.p || (one.p === best.p && one.distance < best.distance) ? one : best))
}

/** Pearson's chi-square over the buckets of every range, added up. */
function fit(counts: BucketCounts, backoff: Backoff, rounding: Rounding): Fit {
  let [statistic, degrees, astray, total] = [0, 0, 0, 0]
  for (const [attempt, observed] of counts) {
    const count = sum(observed)
    const expected = bucketShares(backoff, attempt, rounding).map((share) => share * count)
    const cells = joined(observed, expected)
    for (const cell of cells) statistic += (cell.observed - cell.expected) ** 2 / cell.expected
    degrees += cells.length - 1
    astray += sum(observed.map((value, bucket) => Math.abs(value - (expected[bucket] ?? 0)))) / 2
    total += count
  }
  return { p: degrees > 0 ? chiSquareTail(statistic, degrees) : 1, distance: total > 0 ? astray / total : 0 }
}

interface Cell {
  observed: number
  expected: number
}

function joined(observed: readonly number[], expected: readonly number[]): readonly Cell[] {
  const cells: Cell[] = []
  let open: Cell = { observed: 0, expected: 0 }
  for (let bucket = 0; bucket < buckets; bucket++) {
    open.observed += observed[bucket] ?? 0
    open.expected += expected[bucket] ?? 0
    if (open.expected < fewestExpected) continue
    cells.push(open)
    open = { observed: 0, expected: 0 }
  }
  const last = cells.at(-1)
  if (!last) return [open]
  last.observed += open.observed
  last.expected += open.expected
  return cells
}

/** The probability that the waits after each attempt all fall into one bucket of their range, were the law true. */
export function chanceOfOneBucket(counts: BucketCounts, backoff: Backoff): number {
  let chance = 1
  for (const [attempt, observed] of counts) {
    if (observed.filter((count) => count > 0).length > 1) return 1
    const shares = bucketShares(backoff, attempt, 'nearest')
    chance *= sum(shares.map((share) => share ** sum(observed)))
  }
  return chance
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
