import type { AccuracyDeclaration } from '../objectives/accuracy-declaration.ts'
import type { Objective } from '../objectives/objective-schema.ts'
import type { Reading } from '../objectives/population.ts'
import { resolutionOf } from '../objectives/resolution.ts'
import { shareLevel } from '../objectives/share-level.ts'
import { declaredWords, objectiveWords } from './gate-words.ts'
import { percent } from './percent.ts'
import { quantity } from './quantity.ts'

/** A measure before it is run. */
export interface MeasurePlan {
  /** Trials under each condition, at most. */
  readonly trials: number
  /** Tasks of each stratum. */
  readonly tasks: Readonly<Record<string, number>>
  /** Whether each trial has one task, taken in turns: a stratum then has its share of the trials. */
  readonly isInTurns: boolean
  readonly reading: Reading
  readonly objectives: readonly Objective[]
  readonly declarations: readonly AccuracyDeclaration[]
}

interface Target {
  readonly words: string
  readonly level: number
  /** Null: all tasks. */
  readonly stratum: string | null
}

/**
 * What so many trials cannot show, or most likely will not, of objectives and declared values: one sentence each, without
 * its full stop. To be told before the run, when it can still be made longer.
 */
export function resolutionSentences(plan: MeasurePlan): string[] {
  const targets = [...plan.objectives.flatMap(objectiveTarget), ...plan.declarations.flatMap(declaredTargets)]
  const few = plan.declarations
    .filter(({ minimumTrials }) => minimumTrials > plan.trials)
    .map(
      ({ version, minimumTrials }) =>
        `declaration ${version} asks for at least ${quantity(minimumTrials, 'trial')}, and ${quantity(plan.trials, 'trial')} under each condition are planned`,
    )
  return [...new Set([...few, ...targets.flatMap((target) => sentenceOf(target, plan))])]
}

function sentenceOf({ words, level, stratum }: Target, plan: MeasurePlan): string[] {
  const { reading } = plan
  const isAlike = reading.population === 'tasks like these'
  const unit = isAlike ? 'task' : 'trial'
  const observations = observationsOf(plan, stratum)
  const resolution = resolutionOf(level, observations, reading)
  const alike = isAlike ? ' for tasks like these' : ''
  const made = quantity(observations, unit)
  switch (resolution.kind) {
    case 'likely':
      return []
    case 'never':
      return [`${words}: no number of ${unit}s can show it${alike}; set a level that leaves room for a failure`]
    case 'too few':
      return [
        `${words}: ${made} cannot show it${alike}, even if nothing goes wrong; it takes at least ${quantity(resolution.fewest, unit)}`,
      ]
    case 'unlikely':
      return [
        `${words}: ${made} show it with a chance of ${percent(resolution.chance)} if the agent fails half as often as is allowed${neededWords(resolution.needed)}`,
      ]
  }
}

function neededWords(needed: number | null): string {
  return needed === null ? '' : `; ${quantity(needed, 'trial')} do with 80 %`
}

/** What a share of a stratum, or of all tasks, rests on: trials, or tasks where it speaks of tasks like these. */
export function observationsOf(plan: MeasurePlan, stratum: string | null): number {
  return plan.reading.population === 'tasks like these' ? tasksOf(plan, stratum) : trialsOf(plan, stratum)
}

function trialsOf({ trials, tasks, isInTurns }: MeasurePlan, stratum: string | null): number {
  if (stratum === null || !isInTurns) return trials
  const all = Object.values(tasks).reduce((sum, count) => sum + count, 0)
  return Math.ceil((trials * (tasks[stratum] ?? 0)) / all)
}

function tasksOf({ tasks }: MeasurePlan, stratum: string | null): number {
  if (stratum !== null) return tasks[stratum] ?? 0
  return Object.values(tasks).reduce((sum, count) => sum + count, 0)
}

/** The level of an objective on a share; none for a mean. */
function objectiveTarget(objective: Objective): Target[] {
  const share = shareLevel(objective)
  return share === null ? [] : [{ words: objectiveWords(objective), level: share.level, stratum: null }]
}

function declaredTargets({ values }: AccuracyDeclaration): Target[] {
  return values.map((declared) => ({
    words: declaredWords(declared),
    level: declared.value,
    stratum: declared.stratum ?? null,
  }))
}
