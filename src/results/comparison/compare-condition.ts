import { type Contrast, pairedContrast, unpairedContrast } from './decide-cell.ts'
import type { Population } from '../../objectives/population.ts'
import { outwards, rounded } from '../../objectives/rounded-interval.ts'
import { allTasks } from '../../objectives/condition-counts.ts'
import type { TaskCounts } from '../../objectives/task-counts.ts'
import { noOutcomes } from '../../objectives/task-outcomes.ts'
import { countsOfOutcomes } from '../outcomes/counts-of-outcomes.ts'
import { trialOutcomes } from '../outcomes/trial-outcomes.ts'
import { countsOf } from '../summarise-condition.ts'
import type { ComparedCell } from './comparison-schema.ts'
import { type ConditionSide, type TrialPairs, pairedTasks } from './paired-tasks.ts'
import { type TaskSides, taskContrast } from './task-contrast.ts'

/** A compared rate before it is judged among all the others. */
export type OpenCell = Omit<ComparedCell, 'adjustedP' | 'verdict' | 'isGating'>

/** Where a cell belongs. */
interface Place {
  readonly scenario: string
  readonly condition: string
  readonly isIdentical: boolean
}

/** One condition in both results. */
export interface ComparedCondition {
  readonly baseline: ConditionSide
  readonly current: ConditionSide
  readonly isPaired: boolean
  /** Ids of tasks in quarantine: all tasks are compared without them. */
  readonly without: readonly string[]
  /** Of which tasks the current result's rates speak. */
  readonly population: Population
}

/**
 * Compares task success under one condition: of all tasks, and of each where there are several.
 *
 * Where rates speak of tasks like these, all tasks are compared with a task as the unit; each task by its own trials.
 */
export function compareCondition(
  scenario: string,
  { baseline, current, isPaired, without, population }: ComparedCondition,
): OpenCell[] {
  const place = { scenario, condition: current.condition.name, isIdentical: isPaired && isSameTrace(baseline, current) }
  const tasks = current.tasks.length > 1 ? current.tasks.filter((task) => baseline.tasks.includes(task)) : []
  const isByTask = population === 'tasks like these'
  if (!isPaired) {
    const sides = { baseline, current, without }
    const overall = isByTask ? unpairedTasks(place, sides) : unpairedCell(place, null, sides)
    return [overall, ...tasks.map((task) => unpairedCell(place, task, sides))]
  }
  const trials = pairedTasks(baseline, current)
  return [null, ...tasks].map((task) => pairedCell(place, { task, isByTask }, trials, without))
}

function isSameTrace({ condition: one }: ConditionSide, { condition: other }: ConditionSide): boolean {
  const blocks = ({ tally }: typeof one): string => JSON.stringify([tally.trials, tally.blocks.map(({ hash }) => hash)])
  return blocks(one) === blocks(other)
}

function pairedCell(
  place: Place,
  { task, isByTask }: { readonly task: string | null; readonly isByTask: boolean },
  all: readonly TrialPairs[],
  without: readonly string[],
): OpenCell {
  const trials = all
    .map((pairs) => pairs.filter((pair) => (task === null ? !without.includes(pair.task) : pair.task === task)))
    .filter(({ length }) => length > 0)
  const pairs = trials.flat()
  const having = (before: boolean, after: boolean): number =>
    pairs.filter(
      ({ baseline, current }) => (baseline.verdict === 'solved') === before && (current.verdict === 'solved') === after,
    ).length
  const counts = {
    both: having(true, true),
    better: having(false, true),
    worse: having(true, false),
    neither: having(false, false),
  }
  const balances = trials.map((trial) => trial.reduce((sum, pair) => sum + balanceOf(pair), 0))
  const byTask = isByTask && task === null ? [...Map.groupBy(pairs, (pair) => pair.task).values()].map(sidesOf) : null
  const contrast =
    pairs.length === 0 ? null : byTask === null ? pairedContrast(counts, balances) : taskContrast(byTask, counts)
  return {
    ...place,
    task,
    baseline: { solved: counts.both + counts.worse, of: pairs.length },
    current: { solved: counts.both + counts.better, of: pairs.length },
    unit: byTask === null ? 'trial' : 'task',
    observations: byTask?.length ?? trials.length,
    better: counts.better,
    worse: counts.worse,
    ...shown(contrast),
  }
}

function sidesOf(pairs: readonly TrialPairs[number][]): TaskSides {
  const solved = (side: 'baseline' | 'current'): number =>
    pairs.filter((pair) => pair[side].verdict === 'solved').length
  return {
    baseline: { solved: solved('baseline'), of: pairs.length },
    current: { solved: solved('current'), of: pairs.length },
  }
}

function balanceOf({ baseline, current }: TrialPairs[number]): number {
  return Number(current.verdict === 'solved') - Number(baseline.verdict === 'solved')
}

function unpairedCell(
  place: Place,
  task: string | null,
  { baseline, current, without }: Pick<ComparedCondition, 'baseline' | 'current' | 'without'>,
): OpenCell {
  const [before, after] = [baseline, current].map((side) => successesOf(side, task, without))
  const [one, other] = [before ?? noSuccesses, after ?? noSuccesses]
  const isCounted = one.of > 0 && other.of > 0
  return {
    ...place,
    task,
    baseline: { solved: one.solved, of: one.of },
    current: { solved: other.solved, of: other.of },
    unit: 'trial',
    observations: Math.min(one.trials, other.trials),
    better: null,
    worse: null,
    ...shown(isCounted ? unpairedContrast(perTrial(one), perTrial(other)) : null),
  }
}

/** All tasks that both sides counted, with other seeds. */
function unpairedTasks(
  place: Place,
  { baseline, current, without }: Pick<ComparedCondition, 'baseline' | 'current' | 'without'>,
): OpenCell {
  const tasks = current.tasks
    .filter((task) => baseline.tasks.includes(task) && !without.includes(task))
    .map((task) => ({ baseline: successesOf(baseline, task, []), current: successesOf(current, task, []) }))
    .filter((sides) => sides.baseline.of > 0 && sides.current.of > 0)
  const sum = (side: keyof TaskSides, what: 'solved' | 'of'): number =>
    tasks.reduce((all, task) => all + task[side][what], 0)
  return {
    ...place,
    task: null,
    baseline: { solved: sum('baseline', 'solved'), of: sum('baseline', 'of') },
    current: { solved: sum('current', 'solved'), of: sum('current', 'of') },
    unit: 'task',
    observations: tasks.length,
    better: null,
    worse: null,
    ...shown(tasks.length === 0 ? null : taskContrast(tasks, null)),
  }
}

interface Successes {
  readonly solved: number
  readonly of: number
  readonly trials: number
}

const noSuccesses: Successes = { solved: 0, of: 0, trials: 0 }

function successesOf({ condition, tasks }: ConditionSide, task: string | null, without: readonly string[]): Successes {
  const trials = task === null && without.length > 0 ? trialOutcomes(condition.tally) : null
  const counts: TaskCounts =
    trials === null
      ? allTasks(countsOf(condition, condition.tally))
      : countsOfOutcomes(trials.values(), (index) => !without.includes(tasks[index] ?? ''))
  if (task === null) return { solved: counts.solved, of: counts.solved + counts.failed, trials: counts.trials }
  const { solved, failed } = (Object.hasOwn(counts.byTask, task) ? counts.byTask[task] : undefined) ?? noOutcomes
  return { solved, of: solved + failed, trials: Math.min(solved + failed, counts.trials) }
}

/** Each trial counts as one observation, as if its tasks all stood or fell together. */
function perTrial({ solved, of, trials }: Successes): { successes: number; trials: number } {
  return { successes: (solved / of) * trials, trials }
}

/** Of a millionth, by which floating point may be off. */
const rest = 1e-3

function shown(contrast: Contrast | null): Pick<OpenCell, 'difference' | 'interval' | 'p'> {
  if (contrast === null) return { difference: null, interval: null, p: null }
  const { difference, interval, p } = contrast
  return {
    // Rounded alike on both sides of zero, so that swapping the results mirrors every digit.
    difference: Math.sign(difference) * rounded(Math.abs(difference)) + 0,
    interval: outwards(interval),
    p: Math.min(1, Math.ceil(p * 1_000_000 - rest) / 1_000_000),
  }
}
