import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { isDecided } from '../results/is-decided.ts'
import { mostFailuresOf } from '../results/budgets/budget-terms.ts'
import { quarantineOn } from '../results/quarantine/quarantine-terms.ts'
import type { CountedCondition, MeasureTerms } from '../results/summarise-measure.ts'
import type { Surface } from '../scenario/surface-input.ts'
import type { MeasureDescription, ScenarioAddress } from './job.ts'
import { type BlockPlan, type CountedBlocks, runAllBlocks } from './measure-blocks.ts'
import { surfaceTrials } from './measure-surface.ts'
import { runBlocksUntil } from './run-blocks-until.ts'
import { runLossyBlock } from './run-lossy-block.ts'
import type { MeasuredPart, RunRequest } from './run-plan.ts'
import { measureTrials, unresolved } from './tell-resolution.ts'

/** Which trials a measure is going to make, and what they are judged by. */
export interface PlannedMeasure {
  readonly description: MeasureDescription
  readonly terms: MeasureTerms
  /** The conditions; blocks of the surface are run by the same plan. */
  readonly plan: BlockPlan
  /** Null where there is none, or where nobody asks for it. */
  readonly surface: Surface | null
  /** Trials of each set of the surface; 0 where there is none. */
  readonly cellTrials: number
}

/** Plans the measure of a scenario; null where it has none. */
export async function planMeasure(
  address: ScenarioAddress,
  request: RunRequest,
  inForce: readonly EvidencedDeclaration[],
): Promise<PlannedMeasure | null> {
  const { pool } = request
  const description = await pool.run('describe-measure', address)
  if (description === null) return null
  const { conditions, scenario: name } = description
  const surface = request.isForGatesAlone === true ? null : description.surface
  const trials = measureTrials(description, request)
  const quarantine = quarantineOn(request.today, description.quarantine)
  const terms = {
    ...termsOf(description, trials),
    quarantine,
    inForce: inForce.filter(({ measured }) => measured.scenario === name),
    resolution: unresolved(description, trials, inForce),
  }
  const cellTrials = surface === null ? 0 : surfaceTrials(surface, request)
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
  return { description, terms, plan, surface, cellTrials }
}

/** All the trials that a measure may make, in the order in which progress shows them. */
export function measuredParts({ description, plan, surface, cellTrials }: PlannedMeasure): MeasuredPart[] {
  const { conditions, until } = description
  return [
    ...conditions.map(({ name }) => ({ name, trials: plan.trials, isAtMost: until === 'decided' })),
    ...(surface === null ? [] : [{ name: 'surface', trials: cellTrials * surface.cells.length, isAtMost: false }]),
  ]
}

/** Runs the blocks of every condition: all of them, or until everything is decided. */
export function countMeasure({ description, terms, plan }: PlannedMeasure, workers: number): Promise<CountedBlocks[]> {
  if (description.until !== 'decided') return runAllBlocks(plan)
  const isEnough = (soFar: readonly CountedBlocks[]): boolean => isDecided(soFar.map(uncaused), terms)
  return runBlocksUntil(plan, isEnough, Math.ceil(workers / plan.conditions.length))
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
