import type { Interval } from '../statistics/interval.ts'

const million = 1_000_000

/** A number with six digits after the point. */
export function rounded(value: number): number {
  return Math.round(value * million) / million
}

/** Rounded so that the interval only gets wider: verdicts are drawn from the very numbers that are shown. */
export function outwards([low, high]: Interval): [number, number] {
  return [Math.floor(low * million) / million, Math.ceil(high * million) / million]
}
