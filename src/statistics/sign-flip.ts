import { usageError } from '../contract/errors.ts'

/** Differences that are no whole numbers, or very large ones, are spread over so many steps. */
const mostSteps = 20_000

/**
 * The sign-flip test: the chance of so large a sum of differences, or a larger one in either direction, where each
 * difference would as soon have had the other sign.
 *
 * To be used where two versions ran the same tasks and a task is the unit: where they are equally good, swapping the two
 * within a task changes nothing, however much tasks differ from one another and however their repeats agree. Exact for
 * whole numbers up to 20,000 in all, else rounded towards 1. With differences of one each it is McNemar's exact test.
 * Fisher's randomisation test of pairs (Fisher 1935, "The Design of Experiments", section 21), all 2ⁿ signs counted.
 *
 * @param differences one a task, of any scale
 * @returns a p-value, 1 where no task differs; of n that do, never below 2 / 2ⁿ
 * @throws a usage error where a difference is no finite number
 */
export function signFlip(differences: readonly number[]): number {
  if (!differences.every(Number.isFinite)) {
    throw usageError('STATISTICS_DIFFERENCE', 'A difference is no finite number: give one number for each task.')
  }
  const turned = differences.filter((difference) => difference !== 0)
  const total = turned.reduce((sum, difference) => sum + Math.abs(difference), 0)
  const isExact = turned.every(Number.isInteger) && total <= mostSteps
  const steps = isExact ? turned : turned.map((difference) => Math.round((difference / total) * mostSteps))
  const sum = Math.abs(steps.reduce((all, step) => all + step, 0))
  // Every step may be off by a half.
  return Math.min(1, chanceOfAtLeast(isExact ? sum : sum - steps.length, steps.map(Math.abs)))
}

/** The chance that signs drawn by lot give a sum at least so far from zero. */
function chanceOfAtLeast(least: number, sizes: readonly number[]): number {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  // Of each sum of those that are positive, how likely it is.
  let chances = new Float64Array(total + 1)
  chances[0] = 1
  let highest = 0
  for (const size of sizes) {
    const next = new Float64Array(total + 1)
    for (let sum = 0; sum <= highest; sum++) {
      const half = (chances[sum] ?? 0) / 2
      next[sum] = (next[sum] ?? 0) + half
      next[sum + size] = (next[sum + size] ?? 0) + half
    }
    highest += size
    chances = next
  }
  return chances.reduce((chance, each, sum) => (Math.abs(2 * sum - total) >= least ? chance + each : chance), 0)
}
