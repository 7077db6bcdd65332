import type { DeclaredClaim } from '../../src/objectives/accuracy-declaration.ts'
import type { ConditionCounts } from '../../src/objectives/condition-counts.ts'
import { noTrialIndicators } from '../../src/objectives/indicators/trial-indicators.ts'
import { type TaskCounts, noTasks } from '../../src/objectives/task-counts.ts'

/** Tasks of which so many were solved, each in a trial of its own. */
export function tasksOf(solved: number, of: number, changes: Partial<TaskCounts> = {}): TaskCounts {
  return {
    ...noTasks,
    trials: of,
    solved,
    failed: of - solved,
    toolCalls: { 2: of },
    latencyMs: { 1_000: of },
    ...changes,
  }
}

/** A condition whose tasks are all of one stratum. */
export function conditionOf(tasks: TaskCounts, changes: Partial<ConditionCounts> = {}): ConditionCounts {
  return {
    name: 'without faults',
    family: null,
    countedTrials: tasks.trials,
    strata: { refunds: tasks },
    indicators: noTrialIndicators,
    attacked: { caught: 0, missed: 0 },
    ...changes,
  }
}

/** A declaration of task success. */
export function declarationOf(changes: Partial<DeclaredClaim> = {}): DeclaredClaim {
  return {
    format: 'shakedown-accuracy-declaration/1',
    agent: 'support',
    version: '1.2.0',
    supersedes: '1.1.0',
    method: 'graded trials',
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    minimumTrials: 20,
    values: [{ metric: 'task_success', value: 0.9 }],
    ...changes,
  }
}
