import { grouped, quantity } from '../../results/quantity.ts'
import type { ScoreResult } from '../../results/gate-schema.ts'
import { declarationResults } from '../../results/declaration-result.ts'
import type { DeclarationResult, MeasureResult, MeasuredCondition } from '../../results/measure-schema.ts'
import { type AgainstView, againstView } from './against-view.ts'
import { describeFault } from '../describe-fault.ts'
import { attributionSentence, causeSentence, causesCount } from '../measure/attribution-words.ts'
import { endingWords } from '../measure/ending-words.ts'
import { type SurfaceTable, surfaceTable } from '../measure/surface-words.ts'
import { type IndicatorRow, indicatorRows, unsupportedClaimSentences } from '../measure/indicator-rows.ts'
import { excludedCounts } from '../measure/excluded-words.ts'
import { type MeasureRow, measureRow } from '../measure/condition-row.ts'
import { type SpendingRow, spendingRows } from '../measure/spending-rows.ts'
import { scoreLooks } from '../measure/score.ts'
import { type IntervalsTable, intervalsTable } from '../measure/interval-words.ts'
import { type ConsistencyTable, consistencyTable } from '../measure/consistency-words.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { type DeclarationView, declarationViews } from './declaration-view.ts'
import { type IntervalRow, intervalChart } from './interval-chart.ts'
import { surfaceChart } from './surface-chart.ts'
import { type ObjectiveView, objectiveViews } from './objective-view.ts'
import { outcomeTones } from './outcome-tones.ts'

/** Causes told for each condition; results.json holds more. */
const shownCauses = 5

export interface MeasureView {
  readonly size: string
  readonly declarations: readonly DeclarationView[]
  readonly objectives: readonly ObjectiveView[]
  readonly scores: readonly {
    readonly tone: string
    readonly sign: string
    readonly word: string
    readonly sentence: string
  }[]
  /** Task success under each condition as a drawing; empty where nothing was counted. */
  readonly chart: string
  readonly conditions: readonly MeasureRow[]
  /** What the interval of task success says, and what others would; at most one. */
  readonly intervals: readonly IntervalsTable[]
  /** What is not counted under each condition alike; empty where they differ. */
  readonly excluded: string
  /** What so many trials cannot show, a sentence each. */
  readonly resolution: readonly string[]
  /** What the search found beside these figures; null for nothing. */
  readonly against: AgainstView | null
  /** The faults of each condition that has any. */
  readonly faults: readonly { readonly condition: string; readonly faults: readonly string[] }[]
  /** `60 rows`. */
  readonly strataCount: string
  readonly indicatorsCount: string
  readonly strata: readonly (MeasureRow & { readonly condition: string })[]
  /** How consistently tasks are solved; null where nothing was counted. */
  readonly consistency: ConsistencyTable | null
  /** How reliability falls with other wordings and more intense faults; at most one. */
  readonly surfaces: readonly (SurfaceTable & { readonly chart: string })[]
  /** Tokens and cost of a task. */
  readonly spending: readonly SpendingRow[]
  readonly indicators: readonly IndicatorRow[]
  /** Claims of answers that nothing supports, in a sentence each. */
  readonly unsupportedClaims: readonly string[]
  readonly attributions: readonly {
    readonly condition: string
    readonly sentence: string
    /** `5 of 20 causes`. */
    readonly causesCount: string
    readonly causes: readonly string[]
  }[]
}

/**
 * What the page tells of a measure.
 *
 * @param index of its scenario in the run, from 0
 */
export function measureView(measure: MeasureResult, judged: JudgedScenario, index: number): MeasureView {
  const { conditions } = measure
  const anchor = `scenario-${index + 1}`
  const declared = declarationResults(judged.scenario)
  const rows = conditions.map(({ name, measures }) => measureRow(name, measures))
  const indicators = indicatorRows(measure)
  const excluded = rows[0]?.excluded ?? ''
  const isAlike = rows.every((row) => row.excluded === excluded)
  return {
    size: sizeOf(measure),
    declarations: declarationViews(judged),
    objectives: objectiveViews(measure, index),
    scores: measure.scores.map(scoreView),
    chart: intervalChart(
      conditions.flatMap((each) => successRow(each, measure, declared)),
      'Task success by condition',
      `${anchor}-success`,
    ),
    conditions: rows.map((row) => (isAlike ? { ...row, excluded: '' } : row)),
    intervals: intervalsTable(measure),
    excluded: isAlike ? excludedCounts(conditions[0]?.measures.excluded ?? {}) : '',
    resolution: measure.resolution.map((sentence) => `${sentence}.`),
    against: againstView(judged, index),
    faults: conditions.flatMap(({ name, faults }) =>
      faults.length === 0 ? [] : [{ condition: name, faults: faults.map(describeFault) }],
    ),
    strataCount: quantity(
      conditions.reduce((sum, { strata }) => sum + strata.length, 0),
      'row',
    ),
    indicatorsCount: quantity(indicators.length, 'row'),
    strata: conditions.flatMap(({ name, strata }) =>
      strata.map(({ stratum, measures }) => ({ ...measureRow(stratum, measures), condition: name })),
    ),
    consistency: consistencyTable(measure),
    surfaces: surfaceTable(measure.surface).map((table) => ({
      ...table,
      chart: surfaceChart(measure.surface, `Surface of ${table.title}`, `${anchor}-surface`),
    })),
    spending: spendingRows(measure),
    indicators,
    unsupportedClaims: unsupportedClaimSentences(measure),
    attributions: conditions.flatMap(attributionView),
  }
}

function sizeOf(measure: MeasureResult): string {
  const { declaredTrials, conditions, mostTrials } = measure
  const counts = conditions.map(({ tally }) => tally.trials)
  const fewest = Math.min(...counts)
  if (mostTrials !== null) return endingWords(measure).join('')
  const trials =
    fewest < declaredTrials
      ? `${grouped(fewest)} of the ${quantity(declaredTrials, 'trial')} asked for`
      : quantity(fewest, 'trial')
  return `${trials} under ${conditions.length === 1 ? 'one condition' : `each of ${conditions.length} conditions`}`
}

function scoreView({ state, sentence }: ScoreResult): MeasureView['scores'][number] {
  const { sign, outcome } = scoreLooks[state]
  return { word: `score ${state}`, sign, tone: outcomeTones[outcome], sentence }
}

/** Task success of one condition, with every level that it is held against there. */
function successRow(
  { name, measures }: MeasuredCondition,
  measure: MeasureResult,
  results: readonly DeclarationResult[],
): IntervalRow[] {
  const { rate, exact } = measures.taskSuccess
  if (rate === null || exact === null) return []
  const declared = results
    .flatMap(({ checks }) => checks)
    .filter(({ metric, stratum, condition }) => metric === 'task_success' && stratum === null && condition === name)
    .map(({ value }) => value)
  const objectives = measure.objectives.flatMap(({ objective, condition }) =>
    objective.measure === 'task success' && condition === name ? [objective.atLeast] : [],
  )
  return [{ label: name, rate, interval: exact, levels: [...new Set([...declared, ...objectives])] }]
}

function attributionView({ name, attribution }: MeasuredCondition): MeasureView['attributions'] {
  const sentence = attributionSentence(attribution)
  if (sentence === '') return []
  const causes = attribution.causes.slice(0, shownCauses).map(causeSentence)
  return [{ condition: name, sentence, causes, causesCount: causesCount(causes.length, attribution) }]
}
