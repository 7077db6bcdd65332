import { usageError } from '../contract/errors.ts'
import type { Graded, Task } from '../contract/task.ts'
import { describeThrown } from '../contract/describe-thrown.ts'
import { emptyPlan } from '../contract/fault.ts'
import type { EventOf } from '../contract/event.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import { secretRedactor } from '../properties/redact-secrets.ts'
import type { z } from 'zod'
import type { faultFreeSchema } from '../results/results-schema.ts'
import type { Scenario } from './scenario.ts'
import { type TrialResult, runTrial } from './trial.ts'

/** What the run without faults needs. */
export interface FaultFreeSpec {
  readonly scenario: Scenario
  readonly judge: PreparedJudge
  readonly seed: number
  readonly onTurn: () => void
  /** Called before each trial, so that whoever watches knows which one is running. */
  readonly onTrial: (trial: number) => void
}

type FaultFree = z.output<typeof faultFreeSchema>

/**
 * Runs every task once without faults: each must end, be graded correct and violate nothing.
 *
 * It comes first, because an agent that fails on a good day tells nothing about bad ones.
 */
export async function runFaultFree(spec: FaultFreeSpec): Promise<FaultFree> {
  const { scenario, judge, seed, onTurn } = spec
  const failures: string[] = []
  const trials = scenario.workload === null ? scenario.tasks.length : 1
  for (let trial = 0; trial < trials; trial++) {
    spec.onTrial(trial)
    const result = await runTrial({ scenario, judge, seed, trial, plan: emptyPlan, keep: true, onTurn })
    failures.push(...failuresOf(scenario, result))
  }
  // What an agent throws may quote what it was told.
  const redact = secretRedactor(scenario.secrets)
  return { tasks: scenario.workload?.arrivals.length ?? scenario.tasks.length, failures: failures.map(redact) }
}

function failuresOf(scenario: Scenario, result: TrialResult): string[] {
  const names = new Map(scenario.search.properties.map(({ id, name }) => [id, name]))
  const label = result.tasks.map(({ id }) => `"${id}"`).join(', ')
  const failures = result.tasks.flatMap((_task, index) => gradeTask(result, index))
  for (const [id, verdict] of result.verdicts) {
    // A task that did not end is told above; L1 and L2 would say the same in other words.
    if (verdict.verdict !== 'violated' || (failures.length > 0 && ['L1', 'L2'].includes(id))) continue
    failures.push(
      `task ${label}: ${id} (${names.get(id) ?? id}) is violated without any fault: ${verdict.witness.sentence}`,
    )
  }
  return failures
}

function gradeTask(result: TrialResult, index: number): string[] {
  const task = result.tasks[index]
  if (task === undefined) return []
  const ended = result.events.find(
    (event): event is EventOf<'task.ended'> => event.type === 'task.ended' && event.task === index,
  )
  if (ended === undefined) return [`task "${task.id}" did not end without faults: ${howItEnded(result, index)}`]
  const effects = result.events.flatMap((event) =>
    event.type === 'effect.applied' && event.task === index ? [event.effect] : [],
  )
  const grade = gradeOf(task, { outcome: ended.outcome, effects })
  return grade === true ? [] : [`task "${task.id}" is not solved without faults: ${grade}`]
}

function gradeOf(task: Task, graded: Graded): true | string {
  try {
    return task.grade?.(graded) ?? true
  } catch (thrown) {
    throw usageError(
      'GRADER',
      `the grader of task "${task.id}" threw ${describeThrown(thrown)}; mend it in the scenario.`,
      thrown,
    )
  }
}

function howItEnded(result: TrialResult, index: number): string {
  const threw = result.events.find(
    (event): event is EventOf<'task.threw'> => event.type === 'task.threw' && event.task === index,
  )
  if (threw !== undefined) return threw.thrown
  const end = result.events.find((event): event is EventOf<'trial.ended'> => event.type === 'trial.ended')
  return end === undefined || end.detail === '' ? `the trial ${result.how}` : `the trial ${end.how}: ${end.detail}`
}
