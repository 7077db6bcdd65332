import type { AttributedFailure } from '../results/attribution-schema.ts'
import type { MeasureResult } from '../results/measure-schema.ts'
import { type MeasureTally, type MeasuredFailure, emptyMeasureTally } from '../results/measure-tally.ts'
import { mergeMeasureTallies } from '../results/merge-measure-tallies.ts'
import { type CountedCondition, summariseMeasure } from '../results/summarise-measure.ts'
import type { Condition } from '../scenario/measure-input.ts'
import { blockTrials } from '../scenario/plans.ts'
import type { LostTrial, ScenarioAddress } from './job.ts'
import { type LostWithStack, runLossyBlock } from './run-lossy-block.ts'
import type { RunRequest } from './run-plan.ts'
import { WorkerLost } from './worker-process.ts'
import type { WorkerPool } from './worker-pool.ts'

/** What a scenario's measure came to, and which processes it cost. */
export interface MeasuredScenario {
  /** Null where the scenario has none. */
  readonly measure: MeasureResult | null
  readonly lost: readonly LostWithStack[]
}

/** Measures a scenario: every block under every condition, then the causes of the first failures of each. */
export async function measureScenario(
  pool: WorkerPool,
  address: ScenarioAddress,
  name: string,
  request: RunRequest,
): Promise<MeasuredScenario> {
  const description = await pool.run('describe-measure', address)
  if (description === null) return { measure: null, lost: [] }
  const { conditions, objectives, declaration, strata, population } = description
  const trials = request.trials ?? (request.isQuick ? description.quickTrials : description.trials)
  let done = 0
  const onTrials = (count: number): void => {
    done += count
    request.progress.measured(name, done, trials * conditions.length)
  }
  const measured = await Promise.all(
    conditions.map((condition) => measureCondition(pool, address, condition, trials, onTrials)),
  )
  const terms = {
    declaredTrials: description.trials,
    objectives,
    declaration,
    strata,
    reading: { population, isSequential: false },
  }
  return {
    measure: summariseMeasure(
      measured.map(({ counted }) => counted),
      terms,
    ),
    lost: measured.flatMap(({ lost }) => lost),
  }
}

async function measureCondition(
  pool: WorkerPool,
  address: ScenarioAddress,
  condition: Condition,
  trials: number,
  onTrials: (count: number) => void,
): Promise<{ counted: CountedCondition; lost: LostWithStack[] }> {
  const blocks = await Promise.all(
    Array.from({ length: Math.ceil(trials / blockTrials) }, async (_, block) => {
      const most = Math.min(blockTrials, trials - block * blockTrials)
      const run = await runLossyBlock(most, (count, lost) =>
        pool.run('measure', { ...address, condition: condition.name, block, trials: count, lost }),
      )
      onTrials(run.result.trials)
      return run
    }),
  )
  const tally = blocks.reduce<MeasureTally>((sum, { result }) => mergeMeasureTallies(sum, result), emptyMeasureTally)
  const lost = blocks.flatMap((block) => block.lost)
  const causes = await Promise.all(
    tally.failures.map((failure) => attribute(pool, address, condition.name, failure, lost)),
  )
  return { counted: { ...condition, tally, causes }, lost }
}

/** A trial that takes its process along cannot be run again to find out why. */
async function attribute(
  pool: WorkerPool,
  address: ScenarioAddress,
  condition: string,
  failure: MeasuredFailure,
  lost: readonly LostTrial[],
): Promise<AttributedFailure> {
  if (lost.some(({ trial }) => trial === failure.trial)) return unexplained(failure)
  try {
    return await pool.run('attribute', { ...address, condition, failure })
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error
    return unexplained(failure)
  }
}

function unexplained(failure: MeasuredFailure): AttributedFailure {
  return { ...failure, bookedOn: 'unexplained', plan: { faults: [] }, alternatives: [], isMinimal: false, trials: 0 }
}
