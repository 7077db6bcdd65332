import type { AccuracyDeclaration } from '../objectives/accuracy-declaration.ts'
import type { ConditionCounts } from '../objectives/condition-counts.ts'
import { metricRate } from '../objectives/condition-counts.ts'
import { consistencyOf } from '../objectives/consistency.ts'
import type { Consistency } from '../objectives/consistency-schema.ts'
import { noTrialIndicators } from '../objectives/indicators/trial-indicators.ts'
import { judgeDeclaration } from '../objectives/judge-declaration.ts'
import type { MeasuredRate } from '../objectives/measured-rate.ts'
import type { Population } from '../objectives/population.ts'
import type { RecordedRuns } from '../objectives/recorded-runs.ts'
import { noTasks } from '../objectives/task-counts.ts'
import { type OutcomesByTask, addOutcomes, noOutcomes } from '../objectives/task-outcomes.ts'
import { declarationSentence } from './declaration-words.ts'
import type { DeclarationResult } from './measure-schema.ts'

/** By what recorded runs are judged. */
export interface RecordedTerms {
  /** Default `tasks like these`: a benchmark is a sample of what agents are asked. */
  readonly population?: Population
  /** Default none. */
  readonly declaration?: AccuracyDeclaration
  /** The numbers of repeats for which consistency is told; default 1, 2, 4 and 8, as far as there are so many. */
  readonly repeats?: readonly number[]
}

/** What recorded runs come to. */
export interface JudgedRuns {
  readonly taskSuccess: MeasuredRate
  /** Null where no run is counted. */
  readonly consistency: Consistency | null
  /** Null where none was given. */
  readonly declaration: DeclarationResult | null
}

/** The condition that recorded runs were made under: nobody but their author knows it. */
const conditionName = 'the conditions of the recording'

/**
 * Judges runs that another harness recorded, e.g. those that `readTauBenchRuns` reads, as a measure judges its own.
 *
 * Gives task success with its interval, pass^k and pass@k with intervals clustered by task, and what becomes of an
 * accuracy declaration.
 */
export function judgeRecordedRuns(
  { byTask }: RecordedRuns,
  { population = 'tasks like these', declaration, repeats }: RecordedTerms = {},
): JudgedRuns {
  const condition = conditionOf(byTask, population)
  return {
    taskSuccess: metricRate('task_success', condition),
    consistency: consistencyOf(byTask, repeats),
    declaration:
      declaration === undefined
        ? null
        : {
            declaration,
            checks: judgeDeclaration(declaration, [condition]).map((check) => ({
              ...check,
              sentence: declarationSentence(declaration, check),
            })),
          },
  }
}

function conditionOf(byTask: OutcomesByTask, population: Population): ConditionCounts {
  const { solved, failed, excluded } = Object.values(byTask).reduce(addOutcomes, noOutcomes)
  const trials = solved + failed
  return {
    name: conditionName,
    family: null,
    countedTrials: trials,
    strata: { recorded: { ...noTasks, trials, solved, failed, excluded, byTask: { ...byTask } } },
    indicators: noTrialIndicators,
    attacked: { caught: 0, missed: 0 },
    reading: { population, isSequential: false },
  }
}
