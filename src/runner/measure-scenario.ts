import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import type { AttributedFailure } from '../results/attribution-schema.ts'
import { mostFailuresOf } from '../results/budgets/budget-terms.ts'
import type { MeasureResult } from '../results/measure-schema.ts'
import type { MeasuredFailure } from '../results/measure-tally.ts'
import { isDecided } from '../results/is-decided.ts'
import { quarantineOn } from '../results/quarantine/quarantine-terms.ts'
import { type CountedCondition, type MeasureTerms, summariseMeasure } from '../results/summarise-measure.ts'
import type { LostTrial, MeasureDescription, ScenarioAddress } from './job.ts'
import { type BlockPlan, type CountedBlocks, runAllBlocks } from './measure-blocks.ts'
import { measureSurface, surfaceTrials } from './measure-surface.ts'
import { measureTrials, unresolved } from './tell-resolution.ts'
import { runBlocksUntil } from './run-blocks-until.ts'
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

/** Measures a scenario: its blocks under every condition, then the causes of the first failures of each. */
export async function measureScenario(
  pool: WorkerPool,
  address: ScenarioAddress,
  name: string,
  request: RunRequest,
  inForce: readonly EvidencedDeclaration[],
): Promise<MeasuredScenario> {
  const description = await pool.run('describe-measure', address)
  if (description === null) return { measure: null, lost: [] }
  const { conditions, until } = description
  const surface = request.isForGatesAlone === true ? null : description.surface
  const trials = measureTrials(description, request)
  const published = inForce.filter(({ measured }) => measured.scenario === name)
  const quarantine = quarantineOn(request.today, description.quarantine)
  const terms = {
    ...termsOf(description, trials),
    quarantine,
    inForce: published,
    resolution: unresolved(description, trials, inForce),
  }
  const cellTrials = surface === null ? 0 : surfaceTrials(surface, request)
  request.progress.measureStarted(name, [
    ...conditions.map((condition) => ({ name: condition.name, trials, isAtMost: until === 'decided' })),
    ...(surface === null ? [] : [{ name: 'surface', trials: cellTrials * surface.cells.length, isAtMost: false }]),
  ])
  const plan: BlockPlan = {
    conditions,
    trials,
    mostFailures: failuresToExplain(description, request),
    async run(condition, block, most) {
      const run = await runLossyBlock(most, (count, lost) =>
        pool.run('measure', {
          ...address,
          condition: condition.name,
          block,
          trials: count,
          lost,
          quarantined: quarantine.tasks,
        }),
      )
      const part = conditions.indexOf(condition)
      request.progress.measured(name, part < 0 ? conditions.length : part, run.result.trials)
      return run
    },
  }
  const counted =
    until === 'decided'
      ? await runBlocksUntil(
          plan,
          (soFar) => isDecided(soFar.map(uncaused), terms),
          Math.ceil(request.workers / conditions.length),
        )
      : await runAllBlocks(plan)
  const made = counted[0]?.tally.trials ?? 0
  if (made < trials) request.progress.decided(name, made, trials)
  const caused = await Promise.all(counted.map((one) => findCausesOf(pool, address, one)))
  const around = surface === null ? null : await measureSurface(surface, cellTrials, plan.run)
  return {
    measure: summariseMeasure(caused, around === null ? terms : { ...terms, surface: around.surface }),
    lost: [...counted.flatMap(({ lost }) => lost), ...(around?.lost ?? [])],
  }
}

function failuresToExplain({ budgets }: MeasureDescription, { isForGatesAlone = false }: RunRequest): number {
  return isForGatesAlone && budgets.alerts.gate === 'never' ? 0 : mostFailuresOf(budgets)
}

function termsOf(
  { trials: declaredTrials, declaration, prices, strata, population, until, budgets, ...gates }: MeasureDescription,
  mostTrials: number,
): MeasureTerms {
  const isSequential = until === 'decided'
  const { objectives, repeatGates, scores, familywise, tasks } = gates
  const gating = { objectives, repeatGates, scores, familywise, tasks }
  const base = {
    ...gating,
    declaredTrials,
    declaration,
    prices,
    strata,
    budgets,
    reading: { population, isSequential },
  }
  return isSequential ? { ...base, mostTrials } : base
}

function uncaused({ condition, tally }: CountedBlocks): CountedCondition {
  return { ...condition, tally, causes: [] }
}

async function findCausesOf(pool: WorkerPool, address: ScenarioAddress, one: CountedBlocks): Promise<CountedCondition> {
  const { condition, tally, lost } = one
  const causes = tally.failures.map((failure) => attribute(pool, address, condition.name, failure, lost))
  return { ...condition, tally, causes: await Promise.all(causes) }
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
