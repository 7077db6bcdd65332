import type { MeasuredCondition } from '../measure-schema.ts'
import type { TaskOutcome, TrialOutcome } from '../outcomes/task-outcome.ts'
import { trialOutcomes } from '../outcomes/trial-outcomes.ts'

/** One condition of a scenario in both results, with the ids of the tasks that outcomes name by index. */
export interface ConditionSide {
  readonly condition: MeasuredCondition
  readonly tasks: readonly string[]
}

/** One task of one trial, under both. */
export interface TaskPair {
  readonly task: string
  readonly baseline: TaskOutcome
  readonly current: TaskOutcome
}

/** The pairs of one trial. */
export type TrialPairs = readonly TaskPair[]

/**
 * The tasks that both results counted in the same place of the same trial, by trial; trials without any are left out.
 *
 * The numbers of trials may differ: those in common are compared.
 */
export function pairedTasks(baseline: ConditionSide, current: ConditionSide): TrialPairs[] {
  const earlier = outcomesOf(baseline)
  return [...outcomesOf(current)]
    .map(([trial, tasks]) => pairsOf(earlier.get(trial) ?? [], tasks, baseline, current))
    .filter(({ length }) => length > 0)
}

/** The first trial in which the two results run other tasks; null where none does. */
export function firstOtherTrial(baseline: ConditionSide, current: ConditionSide): number | null {
  const earlier = outcomesOf(baseline)
  for (const [trial, tasks] of outcomesOf(current)) {
    const before = earlier.get(trial)
    if (before === undefined) continue
    if (namesOf(before, baseline) !== namesOf(tasks, current)) return trial
  }
  return null
}

function outcomesOf({ condition }: ConditionSide): ReadonlyMap<number, TrialOutcome> {
  return trialOutcomes(condition.tally) ?? new Map<number, TrialOutcome>()
}

function namesOf(trial: TrialOutcome, { tasks }: ConditionSide): string {
  return JSON.stringify(trial.map(({ task }) => tasks[task]))
}

function pairsOf(
  before: TrialOutcome,
  after: TrialOutcome,
  { tasks: earlier }: ConditionSide,
  { tasks: later }: ConditionSide,
): TaskPair[] {
  return after.flatMap((current, place) => {
    const baseline = before[place]
    const task = later[current.task]
    if (baseline === undefined || task === undefined || earlier[baseline.task] !== task) return []
    return baseline.verdict === 'excluded' || current.verdict === 'excluded' ? [] : [{ task, baseline, current }]
  })
}
