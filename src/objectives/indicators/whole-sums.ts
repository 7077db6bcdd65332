import { z } from 'zod'
import type { Moments } from '../distribution.ts'

const digits = z.string().regex(/^\d+$/, 'expected a whole number in digits')

/**
 * Whole numbers, each added up exactly: their count, their sum and the sum of their squares.
 *
 * The squares of costs exceed what a JSON number holds, so that sums are written in digits. A table of all values would
 * grow with the trials, these three do not.
 */
export const wholeSumsSchema = z.strictObject({ count: z.int().min(0), sum: digits, squares: digits, max: digits })

export type WholeSums = z.output<typeof wholeSumsSchema>

/** The sums of no number: the neutral element of {@link addWholeSums}. */
export const noSums: WholeSums = { count: 0, sum: '0', squares: '0', max: '0' }

/** The sums of one number. */
export function sumsOf(value: bigint): WholeSums {
  return { count: 1, sum: `${value}`, squares: `${value * value}`, max: `${value}` }
}

/** Adds sums of different numbers; associative and commutative. */
export function addWholeSums(one: WholeSums, other: WholeSums): WholeSums {
  const [a, b] = [BigInt(one.max), BigInt(other.max)]
  return {
    count: one.count + other.count,
    sum: `${BigInt(one.sum) + BigInt(other.sum)}`,
    squares: `${BigInt(one.squares) + BigInt(other.squares)}`,
    max: `${a > b ? a : b}`,
  }
}

/**
 * Mean and sample variance, rounded once at the end; null where nothing was added.
 *
 * @param unit what one whole number stands for: 1e12 where the values are millionths of millionths
 */
export function momentsOfSums({ count, sum, squares }: WholeSums, unit = 1): Moments | null {
  if (count === 0) return null
  const [n, total] = [BigInt(count), BigInt(sum)]
  const spread = n * BigInt(squares) - total * total
  return {
    mean: Number(total) / count / unit,
    variance: count === 1 ? 0 : Number(spread) / count / (count - 1) / unit ** 2,
  }
}
