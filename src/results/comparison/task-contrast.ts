import type { Interval } from '../../statistics/interval.ts'
import { newcombePaired } from '../../statistics/newcombe-paired.ts'
import { newcombe } from '../../statistics/newcombe.ts'
import { signFlip } from '../../statistics/sign-flip.ts'
import { studentQuantile } from '../../statistics/student-quantile.ts'
import { studentTails } from '../../statistics/student-tails.ts'
import { type Contrast, type PairCounts, agreeing, comparisonAlpha } from './decide-cell.ts'

/** What became of one task in both results. */
export interface TaskSides {
  readonly baseline: { readonly solved: number; readonly of: number }
  readonly current: { readonly solved: number; readonly of: number }
}

/** Of fewer tasks that differ at all, the sign-flip test proves nothing: 2 / 2⁵ is more than 5 %. */
const fewestTurned = 6

/**
 * The contrast of the same tasks in two results, where the rates speak of tasks like these: a task is the unit.
 *
 * Repeats of a task agree, and a change helps some tasks and harms others: trials taken as independent would find
 * differences that other tasks do not have. SE² = G/(G−1) Σ_c u_c² with u_c = (s_c − n_c·rate)/n of the current result
 * less that of the baseline: the clustered and paired standard error of E. Miller, "Adding error bars to evals" (2024),
 * section 4, with the usual correction for few clusters (Cameron and Miller 2015, equation 12). p is the larger one of
 * Student's test with G−1 degrees of freedom, to which the interval belongs, and of the exact sign-flip test, which needs
 * no normal distribution.
 *
 * Where fewer than six tasks differ they tell nothing of how tasks differ: each counts as one observation then.
 *
 * @param tasks counted on both sides, at least one
 * @param pairs of trials of the same seed; null where the seeds differ
 */
export function taskContrast(tasks: readonly TaskSides[], pairs: PairCounts | null): Contrast {
  const [before, after] = [total(tasks, 'baseline'), total(tasks, 'current')]
  const difference = after.solved / after.of - before.solved / before.of
  const differences = differencesOf(tasks, before.of + after.of)
  const error = standardError(tasks, before, after)
  const exact = signFlip(differences)
  const p = error === null || error === 0 ? exact : Math.max(exact, studentTails(difference / error, tasks.length - 1))
  const student = error === null ? null : studentInterval(difference, error, tasks.length)
  const isTelling = differences.filter((each) => each !== 0).length >= fewestTurned
  const single = singleInterval(tasks.length, before, after, pairs)
  const interval = student === null ? single : isTelling ? student : hull(student, single)
  return { difference, interval: agreeing(interval, p), p }
}

type Side = TaskSides['baseline']

function total(tasks: readonly TaskSides[], side: keyof TaskSides): Side {
  return tasks.reduce((sum, { [side]: { solved, of } }) => ({ solved: sum.solved + solved, of: sum.of + of }), {
    solved: 0,
    of: 0,
  })
}

/** Whole numbers where both sides ran each task equally often; else by the share that a task has in both. */
function differencesOf(tasks: readonly TaskSides[], size: number): number[] {
  if (tasks.every(({ baseline, current }) => baseline.of === current.of))
    return tasks.map(({ baseline, current }) => current.solved - baseline.solved)
  return tasks.map(
    ({ baseline, current }) =>
      ((baseline.of + current.of) / size) * (current.solved / current.of - baseline.solved / baseline.of),
  )
}

function standardError(tasks: readonly TaskSides[], before: Side, after: Side): number | null {
  if (tasks.length < 2) return null
  const off = ({ solved, of }: Side, whole: Side): number => (solved - (of * whole.solved) / whole.of) / whole.of
  const squares = tasks.reduce(
    (sum, { baseline, current }) => sum + (off(current, after) - off(baseline, before)) ** 2,
    0,
  )
  return Math.sqrt((squares * tasks.length) / (tasks.length - 1))
}

function studentInterval(difference: number, error: number, tasks: number): Interval {
  const spread = studentQuantile(1 - comparisonAlpha / 2, tasks - 1) * error
  return [Math.max(-1, difference - spread), Math.min(1, difference + spread)]
}

/** As if all repeats of a task stood or fell together. */
function singleInterval(tasks: number, before: Side, after: Side, pairs: PairCounts | null): Interval {
  if (pairs === null) {
    const rate = ({ solved, of }: Side) => ({ successes: (solved / of) * tasks, trials: tasks })
    return newcombe(rate(after), rate(before), comparisonAlpha)
  }
  const { both, better, worse, neither } = pairs
  const share = tasks / (both + better + worse + neither)
  const tally = { both: both * share, firstOnly: better * share, secondOnly: worse * share, neither: neither * share }
  return newcombePaired(tally, comparisonAlpha)
}

function hull([low, high]: Interval, [otherLow, otherHigh]: Interval): Interval {
  return [Math.min(low, otherLow), Math.max(high, otherHigh)]
}
