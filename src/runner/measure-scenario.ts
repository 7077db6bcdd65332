import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import type { AttributedFailure } from '../results/attribution-schema.ts'
import type { MeasureResult } from '../results/measure-schema.ts'
import type { MeasuredFailure } from '../results/measure-tally.ts'
import { type CountedCondition, summariseMeasure } from '../results/summarise-measure.ts'
import type { LostTrial, ScenarioAddress } from './job.ts'
import type { CountedBlocks } from './measure-blocks.ts'
import { measureSurface } from './measure-surface.ts'
import { countMeasure, measuredParts, planMeasure } from './plan-measure.ts'
import type { LostWithStack } from './run-lossy-block.ts'
import type { RunRequest } from './run-plan.ts'
import { WorkerLost } from './worker-process.ts'
import type { Workers } from './worker-pool.ts'

/** What a scenario's measure came to, and which processes it cost. */
export interface MeasuredScenario {
  /** Null where the scenario has none. */
  readonly measure: MeasureResult | null
  readonly lost: readonly LostWithStack[]
}

/** Measures a scenario: its blocks under every condition, then the causes of the first failures of each. */
export async function measureScenario(
  address: ScenarioAddress,
  request: RunRequest,
  inForce: readonly EvidencedDeclaration[],
): Promise<MeasuredScenario> {
  const { pool, progress, workers } = request
  const planned = await planMeasure(address, request, inForce)
  if (planned === null) return { measure: null, lost: [] }
  const { description, terms, plan, surface, cellTrials } = planned
  const { scenario: name } = description
  progress.measureStarted(name, measuredParts(planned))
  const counted = await countMeasure(planned, workers)
  const made = counted[0]?.tally.trials ?? 0
  if (made < plan.trials) progress.decided(name, made, plan.trials)
  const caused = await Promise.all(counted.map((one) => findCausesOf(pool, address, one)))
  const around = surface === null ? null : await measureSurface(surface, cellTrials, plan.run)
  return {
    measure: summariseMeasure(caused, around === null ? terms : { ...terms, surface: around.surface }),
    lost: [...counted.flatMap(({ lost }) => lost), ...(around?.lost ?? [])],
  }
}

async function findCausesOf(pool: Workers, address: ScenarioAddress, one: CountedBlocks): Promise<CountedCondition> {
  const { condition, tally, lost } = one
  const causes = tally.failures.map((failure) => attribute(pool, address, condition.name, failure, lost))
  return { ...condition, tally, causes: await Promise.all(causes) }
}

/** A trial that takes its process along cannot be run again to find out why. */
async function attribute(
  pool: Workers,
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
  return {
    ...failure,
    bookedOn: 'unexplained',
    plan: { faults: [] },
    alternatives: [],
    upstreams: [],
    isMinimal: false,
    trials: 0,
  }
}
