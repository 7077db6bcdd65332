import { secretRedactor } from '../properties/redact-secrets.ts'
import { mostFailuresOf } from '../results/budgets/budget-terms.ts'
import type { MeasureTally } from '../results/measure-tally.ts'
import { MeasureTallyBuilder } from './measure-tally-builder.ts'
import { policyJudge } from './measured-attack.ts'
import type { Condition } from './measure-input.ts'
import { blockTrials } from './plans.ts'
import type { Scenario } from './scenario.ts'
import { type TrialResult, runTrial } from './trial.ts'

/** Which block of a measure to run. */
export interface MeasureBlockSpec {
  readonly scenario: Scenario
  readonly seed: number
  readonly condition: Condition
  readonly block: number
  /** Trials of the block to run, 1 to 100. */
  readonly trials: number
  /** Trials whose process was lost, with the result that stands in for them. */
  readonly lost: ReadonlyMap<number, TrialResult>
  /** Ids of the tasks in quarantine: what gates is counted without them as well. */
  readonly quarantined?: readonly string[]
  readonly onTurn: () => void
  /** Called before each trial, so that whoever watches knows which one is running. */
  readonly onTrial: (trial: number) => void
}

/**
 * Runs a block of trials under one condition.
 *
 * Trial i is the same under every condition but for its faults, and but for the wording of its tasks in a surface: same
 * world, same workload, same draws.
 */
export async function measureBlock(spec: MeasureBlockSpec): Promise<MeasureTally> {
  const { scenario, seed, condition, onTurn } = spec
  const { paraphrased = 0 } = condition
  const judge = policyJudge(scenario)
  const terms = {
    profile: scenario.profile,
    prices: scenario.measure?.prices ?? null,
    redact: secretRedactor(scenario.secrets),
  }
  const tasks = scenario.tasks.map(({ id }) => id)
  const mostFailures = mostFailuresOf(scenario.measure?.budgets)
  const tally = new MeasureTallyBuilder(condition.faults, terms, tasks, mostFailures, spec.quarantined)
  const plan = { faults: [...condition.faults] }
  const first = spec.block * blockTrials
  for (let trial = first; trial < first + spec.trials; trial++) {
    const lost = spec.lost.get(trial)
    if (lost === undefined) spec.onTrial(trial)
    tally.add(trial, lost ?? (await runTrial({ scenario, judge, seed, trial, plan, paraphrased, keep: true, onTurn })))
  }
  return tally.finish(spec.block)
}
