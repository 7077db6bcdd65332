import { hash } from 'node:crypto'
import type { Fault } from '../contract/fault.ts'
import type { AccuracyDeclaration } from '../objectives/accuracy-declaration.ts'
import { allTasks } from '../objectives/condition-counts.ts'
import { consistencyOf } from '../objectives/consistency.ts'
import type { Prices } from '../objectives/indicators/prices.ts'
import { type Reading, plainReading } from '../objectives/population.ts'
import { attributionOf } from './attribution-of.ts'
import type { AttributedFailure } from './attribution-schema.ts'
import type { BudgetTerms } from './budgets/budget-terms.ts'
import { measureService } from './budgets/measure-service.ts'
import { declarationResult } from './declaration-result.ts'
import { type GateTerms, gateResults } from './gate-results.ts'
import type { MeasureResult, MeasuredCondition } from './measure-schema.ts'
import type { MeasureTally } from './measure-tally.ts'
import type { SurfaceResult } from './surface-schema.ts'
import { conditionMeasures, countsOf, gatedCountsOf, stratumMeasures } from './summarise-condition.ts'

/** One condition with what was counted under it. */
export interface CountedCondition {
  readonly name: string
  readonly faults: readonly Fault[]
  readonly family: string | null
  readonly tally: MeasureTally
  readonly causes: readonly AttributedFailure[]
}

/** What a measure is judged by. */
export interface MeasureTerms extends GateTerms {
  readonly declaredTrials: number
  readonly declaration: AccuracyDeclaration | null
  /** Published declarations of the scenario that are to be decided as well. */
  readonly inForce?: readonly AccuracyDeclaration[]
  /** Absent or null: no cost is known. */
  readonly prices?: Prices | null
  /** In the order in which reports show them. */
  readonly strata: readonly string[]
  /** Absent: each trial is an observation, and nobody looked before the end. */
  readonly reading?: Reading
  /** Trials that it could have made, where it ends as soon as everything is decided; absent: it makes all of them. */
  readonly mostTrials?: number
  /** What was said before the run of levels that so many trials cannot show; absent: nothing. */
  readonly resolution?: readonly string[]
  /** Absent: the measure has none. */
  readonly surface?: SurfaceResult
  /** Default: no upstream has promised anything, and medium stakes. */
  readonly budgets?: BudgetTerms
}

/** Derives everything that a measure says from its counts; the same counts give the same bytes. */
export function summariseMeasure(conditions: readonly CountedCondition[], terms: MeasureTerms): MeasureResult {
  const surface = terms.surface ?? null
  const measured = conditions.map((condition) => summariseCondition(condition, terms))
  const verdicts = measureVerdicts(conditions, terms)
  const hashes = [...conditions, ...(surface?.cells ?? [])].flatMap(({ tally }) =>
    tally.blocks.map((block) => block.hash),
  )
  return {
    declaredTrials: terms.declaredTrials,
    population: (terms.reading ?? plainReading).population,
    traceHash: hash('sha256', hashes.join(''), 'hex'),
    conditions: measured,
    surface,
    ...verdicts,
    prices: terms.prices ?? null,
    ...measureService({ conditions: measured, objectives: verdicts.objectives }, terms.budgets),
    resolution: [...(terms.resolution ?? [])],
    mostTrials: terms.mostTrials ?? null,
    familywise: terms.familywise ?? 'holm',
  }
}

/** What becomes of objectives and of the declaration. */
export function measureVerdicts(
  conditions: readonly CountedCondition[],
  terms: MeasureTerms,
): Pick<MeasureResult, 'objectives' | 'repeatGates' | 'scores' | 'declaration'> {
  const { declaration, reading } = terms
  const gated = conditions.map((condition) => ({
    tally: condition.tally,
    counts: gatedCountsOf(condition, condition.tally, reading),
    allCounts: countsOf(condition, condition.tally, reading),
  }))
  const counts = gated.map((each) => each.allCounts)
  return {
    ...gateResults(terms, gated),
    // Others rely on what was published: nothing of it can be put into quarantine.
    declaration: declaration && declarationResult(declaration, counts),
  }
}

function summariseCondition(
  { causes, ...condition }: CountedCondition,
  { strata: order, reading }: MeasureTerms,
): MeasuredCondition {
  const { tally } = condition
  const counts = countsOf(condition, tally, reading)
  return {
    ...condition,
    faults: [...condition.faults],
    measures: conditionMeasures(counts),
    gatedMeasures: tally.gated && conditionMeasures(gatedCountsOf(condition, tally, reading)),
    strata: order.flatMap((stratum) => {
      const tasks = Object.hasOwn(tally.strata, stratum) ? tally.strata[stratum] : undefined
      return tasks === undefined ? [] : [{ stratum, measures: stratumMeasures(tasks) }]
    }),
    consistency: consistencyOf(allTasks(counts).byTask),
    attribution: attributionOf(allTasks(counts).failed, causes),
  }
}
