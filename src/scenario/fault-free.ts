import { emptyPlan } from '../contract/fault.ts'
import type { EventOf } from '../contract/event.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import { secretRedactor } from '../properties/redact-secrets.ts'
import type { Fingerprint } from '../results/fingerprint-schema.ts'
import type { ScenarioResult } from '../results/results-schema.ts'
import { faultFreeTrials } from './fault-free-trials.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type Prompts, promptsOnTheWire } from './prompts-on-the-wire.ts'
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

/** What became of the run without faults, and what it showed of the scenario. */
export interface FaultFree {
  readonly faultFree: ScenarioResult['faultFree']
  readonly fingerprint: Fingerprint
}

/**
 * Runs every task once without faults: each must end, be graded correct and violate nothing.
 *
 * It comes first, because an agent that fails on a good day tells nothing about bad ones.
 */
export async function runFaultFree(spec: FaultFreeSpec): Promise<FaultFree> {
  const { scenario, judge, seed, onTurn } = spec
  const failures: string[] = []
  const prompts: Prompts[] = []
  let tasks = 0
  for (let trial = 0; trial < faultFreeTrials(scenario); trial++) {
    spec.onTrial(trial)
    const result = await runTrial({ scenario, judge, seed, trial, plan: emptyPlan, keep: true, onTurn })
    tasks += result.tasks.length
    prompts.push(promptsOnTheWire(result.events))
    failures.push(...failuresOf(scenario, result))
  }
  // What an agent throws may quote what it was told.
  const redact = secretRedactor(scenario.secrets)
  return { faultFree: { tasks, failures: failures.map(redact) }, fingerprint: fingerprintOf(scenario, prompts) }
}

function failuresOf(scenario: Scenario, result: TrialResult): string[] {
  const names = new Map(scenario.search.properties.map(({ id, name }) => [id, name]))
  const label = result.tasks.map(({ id }) => `"${id}"`).join(', ')
  const failures = result.tasks.flatMap((_task, index) => problemOf(result, index))
  for (const [id, verdict] of result.verdicts) {
    // A task that did not end is told above; L1 and L2 would say the same in other words.
    if (verdict.verdict !== 'violated' || (failures.length > 0 && ['L1', 'L2'].includes(id))) continue
    failures.push(
      `task ${label}: ${id} (${names.get(id) ?? id}) is violated without any fault: ${verdict.witness.sentence}`,
    )
  }
  return failures
}

/** A task that the workload cancels has nothing to solve. */
function problemOf(result: TrialResult, index: number): string[] {
  const task = result.tasks[index]
  const graded = result.events.find(
    (event): event is EventOf<'task.graded'> => event.type === 'task.graded' && event.task === index,
  )
  if (task === undefined || wasCancelled(result, index)) return []
  const hasEnded = result.events.some((event) => event.type === 'task.ended' && event.task === index)
  if (!hasEnded) return [`task "${task.id}" did not end without faults: ${howItEnded(result, index)}`]
  return graded === undefined || graded.problem === null
    ? []
    : [`task "${task.id}" is not solved without faults: ${graded.problem}`]
}

function wasCancelled({ events }: TrialResult, index: number): boolean {
  return events.some((event) => event.type === 'task.cancelled' && event.task === index)
}

function howItEnded(result: TrialResult, index: number): string {
  const threw = result.events.find(
    (event): event is EventOf<'task.threw'> => event.type === 'task.threw' && event.task === index,
  )
  if (threw !== undefined) return threw.thrown
  const end = result.events.find((event): event is EventOf<'trial.ended'> => event.type === 'trial.ended')
  return end === undefined || end.detail === '' ? `the trial ${result.how}` : `the trial ${end.how}: ${end.detail}`
}
